import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {expect, onTestFinished, test} from 'vitest';
import {at} from '../../servers/questions.ts';
import {onePlane} from '../one-plane.ts';
import {settled} from './ends.ts';
import {stageOf} from './stage.ts';
import {byPods} from './story.ts';

const real = onePlane();

const words = [...byPods.words.slice(0, -1), '10m', '--guardian'];

/** No image runs here, so the container's own command does, with the account and the environment that the Job gives it. */
async function containerOf(namespace: string, hurry: object) {
	const name = 'mkcoa-guardian-web';
	const job = await real.read(`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`);
	const container = at(job, 'spec', 'template', 'spec', 'containers', 0);
	const [program = '', ...args] = at(container, 'command') as readonly string[];
	const orders = JSON.parse(String(at(container, 'env', 0, 'value')));
	const request = {apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {}, spec: {expirationSeconds: 600}};
	const token = await real.create(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, request);
	const account = join(real.folder(), 'account-');
	writeFileSync(`${account}token`, String(at(token, 'status', 'token')));
	writeFileSync(`${account}ca.crt`, real.plane().ca);
	const {NODE_OPTIONS: _, ...env} = process.env;
	expect(program).toBe('node');
	const child = spawn(process.execPath, args, {
		env: {
			...env,
			MKCOA_GUARDIAN: JSON.stringify({...orders, ...hurry}),
			MKCOA_SERVER: real.plane().url,
			MKCOA_ACCOUNT: account,
			NODE_EXTRA_CA_CERTS: `${account}ca.crt`,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	return Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
}

test('when mkcoa dies the guardian brings the stable pods back, by its own small rights, and a person ends the rest', {
	timeout: 120_000,
}, async () => {
	const namespace = 'guarded';
	const stage = await stageOf(real, byPods, namespace);
	const before = await stage.held();
	const web = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
	const died = stage.through('holder', words, (seen, kill) => {
		// The stable version gave its pods to the canary.
		if (seen.isWrite && seen.method === 'PATCH' && /deployments\/web$/.test(seen.path)) {
			kill();
			return 'lose';
		}
		return 'pass';
	});
	expect(await died).toMatchObject({code: null, said: expect.any(String)});
	await real.eventually(web, object => at(object, 'spec', 'replicas') === 1);
	const [[code], out, err] = await containerOf(namespace, {afterMs: 1000, everyMs: 100});
	expect([code, err, out]).toEqual([0, '', expect.stringMatching(/restored\n$/)]);
	await real.eventually(web, object => at(object, 'status', 'readyReplicas') === 2);
	const {code: aborted, said} = await stage.from('abort');
	expect([aborted, said]).toEqual([0, expect.any(String)]);
	await settled(stage, before);
	for (const path of ['/apis/batch/v1', '/apis/rbac.authorization.k8s.io/v1', '/api/v1']) {
		const plural = {'/apis/batch/v1': 'jobs', '/api/v1': 'serviceaccounts'}[path] ?? 'roles';
		await real.gone(`${path}/namespaces/${namespace}/${plural}/mkcoa-guardian-web`);
	}
});
