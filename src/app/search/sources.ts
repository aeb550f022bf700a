import type { Permission } from '../../domain/access/permission.ts'

type Kind =
  | 'control'
  | 'exception'
  | 'person'
  | 'host'
  | 'policy'
  | 'course'
  | 'evidence'
  | 'customer'
  | 'agreement'

/**
 * What can be found in the views. `query` gives `(id text, ja text, en text, detail text, words
 * text)`, and `words` is what is looked through, lower case.
 */
export type Source = {
  readonly kind: Kind
  readonly permission: Permission
  readonly query: string
}

export const sources: readonly Source[] = [
  {
    kind: 'control',
    permission: 'criteria.read',
    query: `
      select control as id, title_ja as ja, title_en as en, control as detail,
             lower(concat_ws(' ', control, title_ja, title_en, statement_ja, statement_en)) as words
        from controls`,
  },
  {
    kind: 'exception',
    permission: 'criteria.read',
    query: `
      select e.exception as id, coalesce(e.label, q.name, e.subject) as ja,
             coalesce(e.label, q.name, e.subject) as en, e.check_id as detail,
             lower(concat_ws(' ', e.check_id, e.label, q.name, e.subject, e.cause)) as words
        from exceptions e left join persons q on q.person = e.person`,
  },
  {
    kind: 'person',
    permission: 'people.read',
    query: `
      select q.person as id, q.name as ja, q.name as en,
             concat_ws(' · ', p.department, p.title) as detail,
             lower(concat_ws(' ', q.name, q.email, p.employee_number, p.department, p.title))
               as words
        from persons q left join people p on p.person = q.person
       where q.name is not null
         and not exists (select from customer_contacts c where c.person = q.person)`,
  },
  {
    kind: 'host',
    permission: 'hosts.read',
    query: `
      select host as id, hostname as ja, hostname as en, '' as detail, lower(hostname) as words
        from hosts`,
  },
  {
    kind: 'policy',
    permission: 'signed-in',
    query: `
      select l.policy as id, v.title_ja as ja, v.title_en as en, l.policy as detail,
             lower(concat_ws(' ', l.policy, v.title_ja, v.title_en, v.text_ja, v.text_en)) as words
        from policies l
        join policy_versions v on v.policy = l.policy and v.version = l.version
       where not l.withdrawn`,
  },
  {
    kind: 'course',
    permission: 'signed-in',
    query: `
      select course as id, title_ja as ja, title_en as en, course as detail,
             lower(concat_ws(' ', course, title_ja, title_en)) as words
        from courses where state = 'offered'`,
  },
  {
    kind: 'evidence',
    permission: 'evidence.read',
    query: `
      select evidence as id, title as ja, title as en, file_name as detail,
             lower(concat_ws(' ', title, file_name, sha256)) as words
        from evidence`,
  },
  {
    kind: 'customer',
    permission: 'customers.read',
    query: `
      select c.customer as id, c.name_ja as ja, c.name_en as en, c.customer as detail,
             lower(concat_ws(' ', c.customer, c.name_ja, c.name_en,
                   (select string_agg(h.host || ' ' || h.address, ' ') from customer_hosts h
                     where h.customer = c.customer))) as words
        from customers c`,
  },
  {
    kind: 'agreement',
    permission: 'customers.read',
    query: `
      select a.agreement as id, v.title_ja as ja, v.title_en as en, a.customer as detail,
             lower(concat_ws(' ', v.title_ja, v.title_en, a.customer)) as words
        from customer_agreements a
        join customer_agreement_versions v
          on v.agreement = a.agreement and v.version = coalesce(a.version, a.newest)`,
  },
]
