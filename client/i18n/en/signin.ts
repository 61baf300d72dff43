/** Signing in, for operators and administrators. */
export default {
  'operator.title': 'Log in – operator desk',
  'operator.heading': 'Operator desk',
  'operator.intro': 'Log in with the ID your administrator gave you.',
  'administrator.title': 'Log in – administration',
  'administrator.heading': 'Administration',
  'administrator.intro': 'Log in with your administrator ID.',
  id: 'ID',
  password: 'Password',
  login: 'Log in',
  missing: 'Please enter ID and password.',
  ended: 'You have been logged out. Please log in again.',
} as const;
