// Signs SHA256SUMS with Ed25519, so that whoever has the public key can tell our builds from others'.
//   openssl pkeyutl -verify -pubin -inkey signing-key.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The data folder, as the server finds it. */
function dataFolder() {
  if (process.env.TASUKI_DATA_DIR) return process.env.TASUKI_DATA_DIR;
  const file = process.env.TASUKI_CONFIG;
  return (file && JSON.parse(readFileSync(file, 'utf8')).TASUKI_DATA_DIR) || './data';
}

/** The key that TASUKI_HELPER_SIGNING_KEY names (a PEM file), or one of this installation's own, made when first needed. */
function signingKey() {
  const given = process.env.TASUKI_HELPER_SIGNING_KEY;
  const file = given || join(dataFolder(), 'helper-signing-key.pem');
  if (!given && !existsSync(file)) {
    mkdirSync(dataFolder(), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  let key;
  try {
    key = createPrivateKey(readFileSync(file));
  } catch (error) {
    throw new Error(`${given ? 'TASUKI_HELPER_SIGNING_KEY' : file} is no private key (${error.message}).`, {
      cause: error,
    });
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      'TASUKI_HELPER_SIGNING_KEY must name an Ed25519 key in PEM (openssl genpkey -algorithm ed25519).',
    );
  }
  return key;
}

/** Writes SHA256SUMS.sig (64 bytes) and signing-key.pub (PEM) beside the folder's SHA256SUMS. */
export function signSums(folder) {
  const key = signingKey();
  writeFileSync(join(folder, 'SHA256SUMS.sig'), sign(null, readFileSync(join(folder, 'SHA256SUMS')), key));
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' });
  writeFileSync(join(folder, 'signing-key.pub'), pem);
}
