import {expect, test} from 'vitest';
import {z} from 'zod';
import {at} from '../servers/questions.ts';
import {runMkcoa} from '../support/host.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
/** Gone, or on its way: the controllers take it away in their own time. */
const isLeaving = async (namespace: string) => {
	const {status, text} = await real.ask({path: `/api/v1/namespaces/${namespace}`});
	return status === 404 || at(JSON.parse(text), 'status', 'phase') === 'Terminating';
};

const Story = z.object({
	story: z.string(),
	allWell: z.boolean(),
	scenes: z.array(
		z.object({
			scene: z.string(),
			kind: z.string(),
			verdict: z.string().nullable(),
			outcome: z.object({output: z.unknown().optional()}),
		}),
	),
	left: z.object({object: z.string(), certain: z.boolean(), remove: z.string()}).optional(),
});
const demo = async (signal?: AbortSignal) => {
	const words = ['demo', '--json', '--kubeconfig', real.plane().kubeconfig];
	const {code, out, err} = await runMkcoa(words, {folder: real.folder(), ...(signal === undefined ? {} : {signal})});
	return {code, out, err, ...Story.parse(JSON.parse(out))};
};
const namespaceIn = (path: string) => /^\/api\/v1\/namespaces\/(mkcoa-demo-[a-z0-9]+)/.exec(path)?.[1];

test('the story goes as told, in a namespace of its own that it takes away', async () => {
	const before = real.written().length;
	const {code, out, allWell, scenes, story, left} = await demo();
	expect(scenes.map(({scene, kind, verdict}) => [scene, kind, verdict])).toEqual([
		['prepare', 'done', null],
		['bad-canary', 'failed', 'rolled-back'],
		['good-canary', 'done', 'promoted'],
		['drift', 'drifted', null],
		['plan-again', 'done', null],
		['undo', 'done', null],
		['clean-up', 'done', null],
	]);
	expect({code, story, allWell, left}).toEqual({code: 0, story: 'real', allWell: true, left: undefined});
	expect(out).toContain('by restarts and readiness alone');
	expect(out).toContain('the cluster has no Service that looks like Prometheus');
	const judged = (scene: string) => at(scenes.find(played => played.scene === scene)?.outcome.output, 'stages', 0, 'verdict');
	expect(judged('bad-canary')).toEqual({
		verdict: 'fail',
		reason: expect.stringMatching(/^0 of 2 new pods were ready when the time was over \(web: ImagePullBackOff, /),
		judgedBy: ['readiness'],
		metrics: [],
		evidence: {
			metrics: [],
			pods: {canary: [expect.stringMatching(/^web-canary-/)], stable: []},
			words: [expect.objectContaining({reason: expect.stringMatching(/^web: ImagePullBackOff, /), logs: []})],
		},
	});
	expect(judged('good-canary')).toEqual({
		verdict: 'pass',
		reason: expect.stringMatching(/^all 2 canary pods ready, no restarts; .*not judged/),
		judgedBy: ['restarts', 'readiness'],
		metrics: [],
		evidence: {
			metrics: [],
			pods: {
				canary: [expect.stringMatching(/^web-canary-/), expect.stringMatching(/^web-canary-/)],
				stable: expect.arrayContaining([expect.stringMatching(/^web-[^c]/)]),
			},
			words: [],
		},
	});

	const written = real.written(before);
	const namespace = written.map(({path}) => namespaceIn(path)).find(found => found !== undefined) ?? '';
	expect(await isLeaving(namespace)).toBe(true);
	// Each once, however often: the Lease and the record are patched for as long as a rollout lasts.
	const distinct = new Set(written.map(({verb, path}) => `${verb} ${path.replace(/\?.*$/, '').replace(namespace, 'OWN')}`));
	expect([...distinct].toSorted()).toEqual([
		'create /api/v1/namespaces/OWN/configmaps',
		'create /api/v1/namespaces/OWN/secrets',
		'create /apis/apps/v1/namespaces/OWN/deployments',
		'create /apis/coordination.k8s.io/v1/namespaces/OWN/leases',
		'delete /api/v1/namespaces/OWN',
		'delete /api/v1/namespaces/OWN/configmaps/mkcoa-rollout-web',
		'delete /api/v1/namespaces/OWN/secrets/mkcoa-rollout-web',
		'delete /apis/apps/v1/namespaces/OWN/deployments/web-canary',
		'delete /apis/coordination.k8s.io/v1/namespaces/OWN/leases/mkcoa-rollout-web',
		'patch /api/v1/namespaces/OWN',
		'patch /api/v1/namespaces/OWN/configmaps/mkcoa-rollout-web',
		'patch /api/v1/namespaces/OWN/configmaps/web-config',
		'patch /api/v1/namespaces/OWN/services/web',
		'patch /apis/apps/v1/namespaces/OWN/deployments/web',
		'patch /apis/coordination.k8s.io/v1/namespaces/OWN/leases/mkcoa-rollout-web',
		// The good canary starts from the same revision as the bad one, whose snapshot is there already.
		'update /api/v1/namespaces/OWN/secrets/mkcoa-bundle-web-1',
	]);
	expect(written.length).toBeGreaterThan(10);
});

test('an interrupted story says what it leaves, and how to remove it', async () => {
	const before = real.written().length;
	const stop = new AbortController();
	const playing = demo(stop.signal);
	const isCanary = ({code, path}: {code: number | undefined; path: string}) =>
		code === 201 && /\/mkcoa-demo-[^/]+\/deployments\?/.test(path);
	// The audit log tells that the canary stands; any answer of the server will do to look at it again.
	const stands = real.answered({path: '/readyz'}, () => real.written(before).some(isCanary)).catch(() => undefined);
	const ended = playing.then(JSON.stringify);
	// What it did instead is what a person needs to know.
	expect(await Promise.race([stands.then(answer => answer?.status), ended]), JSON.stringify(real.written(before))).toBe(200);
	stop.abort(new Error('interrupted'));
	const {code, scenes, left} = await playing;
	expect(code).toBe(2);
	expect(scenes.map(({scene}) => scene)).toEqual(['prepare', 'bad-canary']);
	const namespace = left?.object.replace('Namespace ', '') ?? '';
	expect(left).toEqual({
		object: expect.stringMatching(/^Namespace mkcoa-demo-/),
		certain: true,
		remove: `mkcoa k8s delete namespace ${namespace} --kubeconfig ${real.plane().kubeconfig}`,
	});
	expect(await isLeaving(namespace)).toBe(false);
	const removed = await runMkcoa([...(left?.remove.split(' ').slice(1) ?? []), '--yes'], {folder: real.folder()});
	expect(removed.code).toBe(0);
	expect(await isLeaving(namespace)).toBe(true);
});
