import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';

/** Stands in for Go: notes its calls, waits while the file `gate` is there, and refuses the package that the file `broken` names. */
const fakeGo = `#!/bin/sh
sources=$(find ./ui ./main.go -type f 2> /dev/null | sort)
cd "$(dirname "$0")/.."
echo "$GOFLAGS: $*" >> calls
case "$1" in
env) cat version ;;
mod) echo "{\\"Dir\\": \\"$PWD/module\\"}" ;;
build)
	while [ "$1" != -o ]; do shift; done
	if [ -n "$sources" ]; then echo "$3:" $sources >> copies; fi
	echo half > "$2"
	while [ -e gate ]; do sleep 0.02; done
	if [ "$3" = "$(cat broken)" ]; then exit 1; fi
	echo whole > "$2"
	chmod +x "$2"
esac
`;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'build-'));
	for (const part of ['bin', 'module/manifests/crds', 'module/manifests/base', 'module/config/crd/standard', 'module/kubernetes'])
		mkdirSync(join(folder, part), {recursive: true});
	writeFileSync(join(folder, 'bin/go'), fakeGo);
	chmodSync(join(folder, 'bin/go'), 0o755);
	for (const [file, content] of Object.entries({version: 'go1.30.0', broken: '', calls: ''})) writeFileSync(join(folder, file), content);
	for (const file of ['crds/rollout.yaml', 'base/argo-rollouts-aggregate-roles.yaml', 'base/rbac.yaml'])
		writeFileSync(join(folder, 'module/manifests', file), '');
	writeFileSync(join(folder, 'module/kubernetes/customresourcedefinitions.gen.yaml'), '');
	writeFileSync(join(folder, 'module/main.go'), '', {mode: 0o444});
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

type Ended = {readonly code: number | null; readonly said: string};
function start(path = `${join(folder, 'bin')}:/usr/bin:/bin`): {readonly child: ChildProcess; readonly ended: Promise<Ended>} {
	const env = {...process.env, PATH: path, MKCOA_CLUSTER_CACHE: join(folder, 'cache'), GOFLAGS: '-from=outside', GOTOOLCHAIN: 'local'};
	const child = spawn(process.execPath, [join(import.meta.dirname, 'build.ts')], {env, stdio: ['ignore', 'ignore', 'pipe']});
	const ended = Promise.all([text(child.stderr), once(child, 'close')]).then(([said]) => ({code: child.exitCode, said}));
	return {child, ended};
}
const build = (path?: string) => start(path).ended;
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
const builtPackages = () => calls().flatMap(call => / -o \S+ (\S+)$/.exec(call)?.[1] ?? []);
const cached = () =>
	globSync('cache/*-*/*', {cwd: folder})
		.map(path => path.replace(/^cache\/(.*)-\w+\//, '$1/'))
		.sort();
const holdGo = () => writeFileSync(join(folder, 'gate'), '');
const letGo = () => rmSync(join(folder, 'gate'));
const isBuilding = () => vi.waitFor(() => expect(globSync('cache/*/*.partial', {cwd: folder})).toHaveLength(1), {timeout: 20_000});

test('says what it builds and how long it took, and then that it is cached', async () => {
	const first = await build();
	expect(first).toMatchObject({code: 0});
	expect(first.said).toMatch(/^to build: etcd, kube-apiserver, .*, kwok, .*manifests of gateway-api, manifests of istio/m);
	expect(first.said).toMatch(/^building etcd from go\.etcd\.io\/etcd\/server\/v3\nbuilt etcd, 0 MB, in \d+\.\d s$/m);
	expect(first.said).toMatch(/^all \d+ are in \S+\/cache \(\d+\.\d s\)$/m);
	expect(cached()).toContain('argo-rollouts/manifests');
	expect(cached()).toContain('kubernetes/kubectl');
	expect(calls().every(call => call.startsWith('-from=outside: '))).toBe(true);
	const before = calls();
	const second = await build();
	expect(second).toMatchObject({code: 0});
	expect(second.said).toMatch(/^cached: etcd, .*manifests of istio\nall \d+ are in /);
	expect(calls()).toEqual(before);
});

test.each([
	{
		machine: 'without Go',
		version: undefined,
		words: 'Go is not installed, or not on PATH. Go 1.26.7 or newer builds etcd, kube-apiserver, ',
	},
	{machine: 'with an old Go', version: 'go1.25.9', words: 'Go is too old: go1.25.9. Go 1.26.7 or newer builds etcd, kube-apiserver, '},
])('a machine $machine is told what to do and what works', async ({version, words}) => {
	writeFileSync(join(folder, 'version'), version ?? '');
	const {code, said} = await build(version === undefined ? folder : undefined);
	expect(code).toBe(3);
	expect(said.startsWith(words)).toBe(true);
	expect(said).toMatch(/Install it .*\nEverything but the tests on a real control plane works without it: mkcoa, npm test, /);
	expect(cached()).toEqual([]);
});

test('a machine without Go does well with a full cache', async () => {
	await build();
	expect(await build(folder)).toMatchObject({code: 0});
});

test('a module that was published without some files is built in a copy that has them', async () => {
	expect(await build()).toMatchObject({code: 0});
	const packages = ['alertmanager', 'amtool'].map(name => `github.com/prometheus/alertmanager/cmd/${name}`);
	expect(readFileSync(join(folder, 'copies'), 'utf8').trimEnd().split('\n')).toEqual(
		packages.map(name => `${name}: ./main.go ./ui/app/dist/index.html`),
	);
	expect(cached().filter(path => path.startsWith('alertmanager/'))).toEqual(['alertmanager/alertmanager', 'alertmanager/amtool']);
	expect(existsSync(join(folder, 'module/ui'))).toBe(false);
});

test('a build that fails leaves what was built before, and the next one goes on from there', async () => {
	writeFileSync(join(folder, 'broken'), 'k8s.io/kubernetes/cmd/kube-scheduler');
	const {code, said} = await build();
	expect(code).toBe(1);
	expect(said).toMatch(/go build .* k8s\.io\/kubernetes\/cmd\/kube-scheduler ended with 1\n$/);
	expect(cached()).toEqual(['etcd/etcd', 'kubernetes/kube-apiserver', 'kubernetes/kube-controller-manager']);
	writeFileSync(join(folder, 'broken'), '');
	expect(await build()).toMatchObject({code: 0});
	expect(builtPackages().filter(name => name.startsWith('go.etcd.io'))).toHaveLength(1);
});

test.each([
	{signal: 'SIGINT', left: 0},
	{signal: 'SIGTERM', left: 0},
	// Nobody can clean up then; the next build does.
	{signal: 'SIGKILL', left: 1},
] as const)('a build that is sent $signal leaves nothing that looks finished', async ({signal, left}) => {
	holdGo();
	const {child, ended} = start();
	await isBuilding();
	child.kill(signal);
	letGo();
	await ended;
	expect(cached().filter(path => !path.endsWith('.partial'))).toEqual([]);
	expect(cached()).toHaveLength(left);
	expect(await build()).toMatchObject({code: 0});
	expect(cached().filter(path => path.endsWith('.partial'))).toEqual([]);
	expect(readFileSync(join(folder, globSync('cache/etcd-*/etcd', {cwd: folder})[0] ?? ''), 'utf8')).toBe('whole\n');
});

test('two builds at once build everything once', async () => {
	holdGo();
	const first = start();
	await isBuilding();
	const second = start();
	let said = '';
	second.child.stderr?.on('data', chunk => {
		said += chunk;
	});
	await vi.waitFor(() => expect(said).toContain('another build is running; waiting for it'), {timeout: 20_000});
	letGo();
	expect(await first.ended).toMatchObject({code: 0});
	expect(await second.ended).toMatchObject({code: 0});
	expect(new Set(builtPackages()).size).toBe(builtPackages().length);
	expect(existsSync(join(folder, 'cache'))).toBe(true);
});
