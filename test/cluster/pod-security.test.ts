import {beforeAll, expect, test} from 'vitest';
import {controls} from '../../src/analysis/pod-security/controls.ts';
import {standardText} from '../../src/analysis/pod-security/namespace-policy.ts';
import {podViolations, type Standard} from '../../src/analysis/pod-security/standard.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {seeded} from '../bench/canary/random.ts';
import {at, post} from '../servers/questions.ts';
import {onePlane} from './one-plane.ts';
import {randomPod} from './pod-security/random-pods.ts';

const kube = onePlane();
const latest = Number.POSITIVE_INFINITY;
/** What the server of these tests knows: a later version is its own. */
const served = 36;
const minors = [...Array.from({length: served + 1}, (_, minor) => minor), 40, latest];
const standards: readonly Standard[] = minors.flatMap(minor => (['baseline', 'restricted'] as const).map(level => ({level, minor})));
const nameOf = ({level, minor}: Standard) => `${level}-${minor === latest ? 'latest' : minor}`;
const free = 'free';

async function makeNamespace(name: string, labels: object) {
	const made = await kube.ask(post('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels}}));
	if (made.status !== 201) throw new Error(made.text);
	// Every pod has an account; its controller may make this one first.
	const account = {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default'}};
	await kube.ask(post(`/api/v1/namespaces/${name}/serviceaccounts`, account));
}

beforeAll(async () => {
	await makeNamespace(free, {});
	await Promise.all(
		standards.map(standard => {
			const [, version = ''] = standardText(standard).split(':');
			const prefix = 'pod-security.kubernetes.io/enforce';
			return makeNamespace(nameOf(standard), {[prefix]: standard.level, [`${prefix}-version`]: version});
		}),
	);
});

const dryRun = (namespace: string, {annotations, spec}: ReturnType<typeof randomPod>) =>
	kube.ask(
		post(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', annotations}, spec}),
	);

const words = (standard: Standard, pod: KubeObject) => {
	const found = podViolations(standard.level, pod, Math.min(standard.minor, served));
	if (found.length === 0) return 'allowed';
	return `pods "p" is forbidden: violates PodSecurity "${standardText(standard)}": ${found.map(({reason, detail}) => `${reason} (${detail})`).join(', ')}`;
};

/** One pod in every version of a few: what the server says, and what we say. */
async function judged(seed: number) {
	const next = seeded(seed);
	const pod = randomPod(next);
	const taken = await dryRun(free, pod);
	// Fields that contradict each other: no pod at all.
	if (taken.status !== 201) return undefined;
	// As admission sees it: with all defaults.
	const seen = JSON.parse(taken.text) as KubeObject;
	const written = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', annotations: pod.annotations}, spec: pod.spec} as KubeObject;
	const asked = Array.from({length: 6}, () => standards[Math.floor(next() * standards.length)] as Standard);
	const answers = [];
	for (const standard of asked) {
		const answer = await dryRun(nameOf(standard), pod);
		const said = answer.status === 201 ? 'allowed' : String(at(JSON.parse(answer.text), 'message'));
		const ours = words(standard, seen);
		const ofManifest = podViolations(standard.level, written, Math.min(standard.minor, served)).length === 0;
		answers.push({
			controls: podViolations(standard.level, seen, Math.min(standard.minor, served)).map(({control}) => control),
			pod: JSON.stringify(pod),
			said,
			ours,
			isSame: said === ours && ofManifest === (said === 'allowed'),
		});
	}
	return answers;
}

test('says of generated pods what the server says, word for word, in every version of the standards', async () => {
	const all: NonNullable<Awaited<ReturnType<typeof judged>>>[] = [];
	for (let seed = 1; seed <= 700; seed += 20) {
		const some = await Promise.all(Array.from({length: 20}, (_, index) => judged(seed + index)));
		all.push(...some.filter(each => each !== undefined));
	}
	const answers = all.flat();
	const refused = answers.filter(({said}) => said !== 'allowed').length;
	process.stdout.write(`${all.length} pods, ${answers.length} questions of ${standards.length} standards, ${refused} refused\n`);
	expect(answers.filter(({isSame}) => !isSame).slice(0, 5)).toEqual([]);
	expect(all.length).toBeGreaterThanOrEqual(400);
	// None of the controls was left out.
	expect(new Set(answers.flatMap(each => each.controls))).toEqual(new Set(controls.map(({name}) => name)));
	expect(refused).toBeGreaterThan(answers.length / 5);
	expect(answers.length - refused).toBeGreaterThan(answers.length / 5);
}, 300_000);
