import { downloadContract } from '../../../contract/customers.ts'
import { api } from '../../api/api.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Section } from '../../ui/page.tsx'
import { Day } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Customer } from './customer-page.tsx'
import { FileButton } from './file-button.tsx'

/** What is on paper. */
export function Contracts({ customer }: { readonly customer: Customer }) {
  const all = useMessages().customers
  const t = all.contracts
  return (
    <Section
      title={all.tabs.contracts}
      actions={
        <CommandLink permission="customers.write" to={paths.newContract(customer.id)}>
          {t.add}
        </CommandLink>
      }
    >
      {customer.contracts.length === 0 && <p className="faint">{t.none}</p>}
      <div className="stack">
        {customer.contracts.map((contract) => (
          <Section key={contract.id} title={contract.title} sheet>
            <FactList
              facts={[
                { label: t.signedOn, value: <Day day={contract.signedOn} /> },
                {
                  label: t.until,
                  value: contract.until === null ? t.openEnd : <Day day={contract.until} />,
                },
                {
                  label: t.by,
                  value: (
                    <>
                      <Who who={contract.by} /> <EntryLink seq={contract.seq} />
                    </>
                  ),
                },
                {
                  label: t.file,
                  value: (
                    <FileButton
                      fileName={contract.fileName}
                      load={() =>
                        api.download(downloadContract, {
                          params: { customer: customer.id, contract: contract.id },
                        })
                      }
                    />
                  ),
                },
                { label: all.digest, value: <span className="hash">{contract.sha256}</span> },
              ]}
            />
          </Section>
        ))}
      </div>
    </Section>
  )
}
