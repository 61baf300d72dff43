import type { Translation } from '../catalog';
import type en from '../en/setup';

const ja: Translation<typeof en> = {
  title: '初期設定',
};
export default ja;
