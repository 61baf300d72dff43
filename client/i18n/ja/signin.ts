import type { Translation } from '../catalog';
import type en from '../en/signin';

const ja: Translation<typeof en> = {
  'operator.title': 'ログイン – オペレータ画面',
  'operator.heading': 'オペレータ画面',
  'operator.intro': '管理者から受け取った ID でログインしてください。',
  'administrator.title': 'ログイン – 管理者画面',
  'administrator.heading': '管理者画面',
  'administrator.intro': '管理者 ID でログインしてください。',
  id: 'ID',
  password: 'パスワード',
  login: 'ログイン',
  missing: 'ID とパスワードを入力してください。',
  ended: 'ログアウトしました。続けるには、もう一度ログインしてください。',
};
export default ja;
