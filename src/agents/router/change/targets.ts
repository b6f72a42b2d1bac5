import type {Json} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {jsonPatch} from '../../../core/patch/json-patch.ts';
import type {Clause} from '../clause.ts';
import {allNamed} from '../names/all-named.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {plainWords} from '../names/plain-words.ts';
import type {Understanding} from '../understanding.ts';
import type {Asking, Question} from './asking.ts';
import {ofVersion} from './by-version.ts';

/** Kinds that run pods from a template that may be changed. */
export const podKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'CronJob'] as const;
export const scalableKinds = ['Deployment', 'StatefulSet', 'Rollout', 'ReplicaSet'] as const;
export const restartableKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'] as const;

export const inNamespace = ({metadata: {namespace}}: KubeObject) => (namespace === undefined ? {} : {namespace});

export const isQuestion = (targets: readonly KubeObject[] | Question): targets is Question => 'kind' in targets;

/** `deployment/web`, as the tools of workloads take it. */
export const workloadText = ({kind, metadata}: KubeObject) => `${kind.toLowerCase()}/${metadata.name}`;

/** The object as the orders before leave it, so that the patches of one request build on each other. */
function afterPatches(object: KubeObject, earlier: readonly Understanding[]): KubeObject {
	const {name, namespace} = object.metadata;
	const patches = earlier.flatMap(understood => {
		const calls = understood.kind === 'calls' ? understood.calls : [];
		return calls.flatMap(({tool, input}) => {
			const isIts = tool === 'resource_patch' && input.kind === object.kind && input.name === name && input.namespace === namespace;
			return isIts && input.type === 'json' ? [String(input.patch)] : [];
		});
	});
	return {...object, ...objectAt(patches.reduce<Json>((now, patch) => jsonPatch(now, JSON.parse(patch)), object))};
}

/** `every night` groups nothing: the word is left out where a time stands behind it. */
const times = /^(?:\d+|night|day|morning|evening|hour|minute|second|week|month|other|few|two|three|five|ten|time)s?$/;
const withoutTimes = (clause: Clause): Clause => ({
	...clause,
	words: clause.words.filter(({text}, at) => !(/^(?:every|each)$/.test(text) && times.test(clause.words[at + 1]?.text ?? ''))),
});

/** `KAFKA` beside other names is a variable, not the workload of that name. */
const withoutShouts = (clause: Clause): Clause => ({...clause, words: clause.words.filter(({raw}) => !/^[A-Z][A-Z0-9_]+$/.test(raw))});

/** `the jobs of nightly-etl`, `settlement 잡`: of a CronJob that is named, the kind is that of what it makes. */
export const withoutJobs = (clause: Clause): Clause => {
	const jobs = kindsIn(clause).filter(({kind}) => kind === 'Job');
	return {...clause, words: clause.words.filter((_, at) => !jobs.some(({first, last}) => at >= first && at <= last))};
};

const pronouns = /^(?:it|its|them|they|their|that|this|these|those|both|그것|그거|그걸|이것|이거|둘)$/;

/** Whether a clause names nothing of its own: a pronoun, or words of grammar alone. */
const leansBack = ({words}: Clause): boolean =>
	words.some(({text}) => pronouns.test(text)) ||
	words.every(
		({text, quoted}) => !quoted && (text.length <= 3 || text.includes('=') || plainWords.has(text) || /\d|^[가-힣]+$/.test(text)),
	);

/** The objects of these kinds that a clause names, or the one before it that it leans on (`set web to 2, and move it to 1.4`); none where it names none. */
export async function targetsIn({clause, world, talk}: Asking, kinds: readonly string[]): Promise<readonly KubeObject[] | Question> {
	const side = await ofVersion(clause, world, talk, kinds);
	if (side !== undefined) return [afterPatches(side, talk.earlier)];
	const timeless = withoutTimes(clause);
	const parts = [
		withoutShouts(timeless),
		timeless,
		...(kinds.includes('CronJob') && !kinds.includes('Job') ? [withoutJobs(timeless)] : []),
	];
	for (const part of parts) {
		const named = await allNamed(part, world, kinds, talk);
		if (named.found === 'several') return named.question;
		if (named.found === 'some') return named.objects.map(object => afterPatches(object, talk.earlier));
	}
	const before = talk.clauses[talk.index - 1];
	if (before === undefined || !leansBack(clause)) return [];
	return targetsIn({clause: before, world, talk: {...talk, index: talk.index - 1}}, kinds);
}
