import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/tokens.css'
import './ui/page.css'
import './ui/parts.css'
import './ui/table.css'
import './ui/form.css'
import './shell/shell.css'
import './ui/print.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { sessionQuery, startQueries } from './api/queries.ts'
import { LanguageProvider } from './messages/language.tsx'
import { startRouter } from './routes.tsx'
import { Dressed } from './ui/dressed.tsx'

/** The nonce of this answer: styles that scripts add are allowed by it and by nothing else. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// Dialogs lock the page's scrolling through `get-nonce`, which looks here.
Reflect.set(globalThis, '__webpack_nonce__', nonce)

const queryClient = startQueries(() => {
  void queryClient
    .invalidateQueries({ queryKey: sessionQuery.queryKey })
    .then(() => router.invalidate())
})
const router = startRouter(queryClient)

const place = document.querySelector('#root')
if (place === null) throw new Error('index.html has no #root')

createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <Dressed nonce={nonce}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Dressed>
    </LanguageProvider>
  </StrictMode>,
)
