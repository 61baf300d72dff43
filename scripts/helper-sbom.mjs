// The helper's bill of materials (CycloneDX), read from what Go has written into the finished programs: the modules that
// are really in them, not those that go.mod only mentions.
import { spawnSync } from 'node:child_process';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';

/** @returns Go's build information of one program */
function buildInfo(file) {
  const { status, stdout, stderr } = spawnSync('go', ['version', '-m', '-json', file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`go version -m: ${stderr}`);
  const parsed = JSON.parse(stdout);
  return Array.isArray(parsed) ? parsed[0] : parsed;
}

const purl = (path, version) => `pkg:golang/${path}@${version}`;

/** `h1:` is the base64 of a SHA-256 over the module's files. */
function hashOf(sum) {
  return sum?.startsWith('h1:') ? Buffer.from(sum.slice(3), 'base64').toString('hex') : undefined;
}

function component(path, version, sum) {
  const made = new Models.Component(Enums.ComponentType.Library, path, {
    bomRef: purl(path, version),
    version,
    purl: purl(path, version),
  });
  const hash = hashOf(sum);
  if (hash) made.hashes.set(Enums.HashAlgorithm['SHA-256'], hash);
  return made;
}

/**
 * @param {string[]} files the finished programs
 * @param {string} version the helper's
 * @returns {Promise<string>} JSON; the same for the same programs, so it carries neither time nor serial number
 */
export async function billOfMaterials(files, version) {
  const infos = files.map(buildInfo);
  const helper = new Models.Component(Enums.ComponentType.Application, 'tasuki-helper', {
    bomRef: `tasuki-helper@${version}`,
    version,
  });
  const bom = new Models.Bom();
  bom.metadata.component = helper;
  const modules = new Map();
  for (const { GoVersion, Deps = [] } of infos) {
    modules.set('std', { Path: 'std', Version: GoVersion.replace(/^go/, '').split(' ')[0] });
    for (const dep of Deps) modules.set(dep.Path, dep.Replace ?? dep);
  }
  for (const key of [...modules.keys()].sort()) {
    const { Path, Version, Sum } = modules.get(key);
    const made = component(Path, Version, Sum);
    bom.components.add(made);
    helper.dependencies.add(made.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
