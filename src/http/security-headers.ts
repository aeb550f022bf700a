import { isHttps, type Site } from './site.ts'

const yearSeconds = 31_536_000

/**
 * Headers of every answer. Nothing may be loaded, framed or sent anywhere but here; style sheets
 * that the pages write themselves carry the nonce of their page.
 */
export function securityHeaders(site: Site, nonce: string | null): Record<string, string> {
  const styles = nonce === null ? "'self'" : `'self' 'nonce-${nonce}'`
  const headers: Record<string, string> = {
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      `style-src ${styles}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), ' +
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  }
  if (isHttps(site)) {
    headers['strict-transport-security'] = `max-age=${yearSeconds}; includeSubDomains`
  }
  return headers
}
