import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {connected} from './connected.ts';
import {shop} from './in-shop.ts';
import {kubectlOn} from './kubectl.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
const kubectl = (words: string, isEnough?: (out: string) => boolean) => kubectlOn(kube.plane().kubeconfig)(words, {isEnough});
const pod = (name: string, containers: readonly object[], annotations: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, annotations},
	spec: {containers},
});
const web = (tag: string) => ({name: 'web', image: `shop/web:${tag}`, ports: [{containerPort: 8080}]});
const status = (object: unknown, field: string) => at(object, 'status', 'containerStatuses', 0, field);

beforeAll(async () => {
	await kube.create(shop.pods(), pod('web', [web('1.4'), {name: 'side', image: 'shop/side:1'}]));
	const short = {'sandbox.mkcoa.dev/run-seconds': '2', 'sandbox.mkcoa.dev/back-off-seconds': '60'};
	await kube.create(shop.pods(), pod('crash', [web('1.5-crash')], short));
	await kube.create(shop.pods(), pod('missing', [web('1.6-missing')]));
	await kube.eventually(shop.pods('web'), object => status(object, 'ready') === true);
	await kube.eventually(shop.pods('crash'), object => status(object, 'restartCount') === 1);
	await kube.eventually(shop.pods('missing'), object => at(object, 'status', 'containerStatuses', 0, 'state', 'waiting') !== undefined);
});

const access = /^10\.244\.\d+\.\d+ - - \[[^\]]+\] "GET \/\S* HTTP\/1\.1" \d{3} \d+ \d+ms$/;
const lines = (text: string) => text.trimEnd().split('\n');

describe('kubectl logs', () => {
	test('begins with the start of the program', async () => {
		const {out} = await kubectl('logs web -c web --limit-bytes 60');
		expect(lines(out)).toEqual(['INFO starting web version=1.4 pid=1', expect.stringMatching(/^INFO listening on/)]);
	});

	test('shows the last lines, with their times', async () => {
		await kube.eventually(shop.pods('web'), object => Date.now() - Date.parse(String(at(object, 'status', 'startTime'))) > 8000);
		const {out} = await kubectl('logs web -c web --tail 2 --timestamps');
		const parts = lines(out).map(line => /^(\S+Z) (.*)$/.exec(line));
		expect(parts.map(part => part?.[2])).toEqual([expect.stringMatching(access), expect.stringMatching(access)]);
		const times = parts.map(part => Date.parse(part?.[1] ?? ''));
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		const {out: since} = await kubectl('logs web -c web --since 3s');
		for (const line of lines(since)) expect(line).toMatch(access);
		expect(lines(since).length).toBeLessThanOrEqual(4);
	});

	test('follows what comes', async () => {
		const {out} = await kubectl('logs web -c web --follow --tail 1', text => text.split('\n').length > 3);
		for (const line of lines(out).slice(0, 3)) expect(line).toMatch(access);
	});

	test('shows the run before, which panicked, and the present one', async () => {
		const {out: previous} = await kubectl('logs crash --previous');
		expect(previous).toMatch(/^INFO starting web version=1\.5-crash pid=1\n[\s\S]*\npanic: runtime error: [\s\S]*main\.go:31/);
		const {out} = await kubectl('logs crash --limit-bytes 20');
		expect(out).toContain('INFO starting web');
	});

	test.each([
		['logs web -c side --previous', 'Error from server (BadRequest): previous terminated container "side" in pod "web" not found'],
		['logs web -c nothing', 'error: container nothing is not valid for pod web'],
		[
			'logs missing',
			'Error from server (BadRequest): container "web" in pod "missing" is waiting to start: trying and failing to pull image',
		],
		['logs nobody', 'error: error from server (NotFound): pods "nobody" not found in namespace "shop"'],
	])('kubectl %s is refused in the words of a kubelet', async (words, refusal) => {
		expect(await kubectl(words)).toMatchObject({code: 1, err: expect.stringContaining(refusal)});
	});
});

describe('kubectl exec', () => {
	test('answers a harmless command of a container', async () => {
		expect(await kubectl('exec web -c side -- hostname')).toEqual({code: 0, out: 'web\n', err: ''});
	});

	test('ends with the code of the command', async () => {
		const {code, err} = await kubectl('exec web -c web -- rm -rf /');
		expect({code, err}).toEqual({code: 126, err: expect.stringContaining('command terminated with exit code 126')});
	});

	test('is for those who may', async () => {
		const {code, err} = await kubectl('exec web -c web --context reader -- hostname');
		expect({code, err}).toEqual({code: 1, err: expect.stringContaining('User "reader" cannot create resource "pods/exec"')});
	});
});

describe('mkcoa k8s', () => {
	test('logs folds the lines of a pod into what they have in common', async () => {
		const {code, outcome} = await kube.mkcoa('k8s logs web --container web');
		expect(code).toBe(0);
		expect(JSON.stringify(outcome)).toContain('HTTP/1.1');
	});

	test('logs shows the run before', async () => {
		const {code, outcome} = await kube.mkcoa('k8s logs crash --previous');
		expect({code, text: JSON.stringify(outcome)}).toEqual({code: 0, text: expect.stringContaining('panic: runtime error')});
	});

	test('exec shows what the command said, once a person has said yes', async () => {
		const {run, close} = await connected(kube.plane().kubeconfig, 'admin');
		expect(await run('pod_exec', {pod: 'web', container: 'side', command: ['hostname']})).toMatchObject({
			kind: 'done',
			output: {stdout: expect.stringContaining('web')},
		});
		await close();
	});
});
