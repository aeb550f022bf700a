import { notifications } from '@mantine/notifications'
import { Mark } from './mark.tsx'

/** Tells that something was done; it stays long enough to be read and can be put away. */
export function notifySuccess(message: string) {
  notifications.show({
    message,
    color: 'transparent',
    icon: <Mark sign="met" />,
    autoClose: 6_000,
    withBorder: true,
  })
}
