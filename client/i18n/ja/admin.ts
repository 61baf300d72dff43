import type { Translation } from '../catalog';
import type en from '../en/admin';

const ja: Translation<typeof en> = {
  title: '管理者画面',
};
export default ja;
