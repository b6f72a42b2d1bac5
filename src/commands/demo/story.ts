import type {JsonObject} from '../../core/json.ts';
import type {Outcome} from '../../core/outcome.ts';

/** One tool call of the story. */
export type DemoCall = {readonly tool: string; readonly input: JsonObject};

/** One scene: what is said, what is called, and how it ends when all is well. */
export type Scene = {
	readonly id: string;
	readonly title: string;
	readonly says: string;
	readonly call: DemoCall;
	readonly ends: Outcome['kind'];
	/** What a canary must have found; a failure for another reason is no success of the story. */
	readonly verdict?: string | undefined;
	/** What somebody else does while the person reads the plan. */
	readonly meanwhile?: {readonly says: string; readonly call: DemoCall} | undefined;
	/** `journal` of an earlier scene becomes the input's `id`. */
	readonly undoes?: string | undefined;
	/** Carried out whatever happened before. */
	readonly always?: true | undefined;
};

/** Where the story plays: names, images and times that fit the cluster. */
export type Stage = {
	readonly namespace: string;
	readonly deployment: string;
	readonly badImage: string;
	readonly goodImage: string;
	readonly configMap: string;
	readonly key: string;
	readonly value: string;
	/** What the colleague changes in the same ConfigMap. */
	readonly otherKey: string;
	readonly otherValue: string;
	readonly steps: string;
	readonly interval: string;
	readonly readyWithin: string;
	/** Objects to make first and to take away at the end, where the story needs a place of its own. */
	readonly manifest?: string | undefined;
};

const patchKey = ({namespace, configMap}: Stage, key: string, value: string): DemoCall => ({
	tool: 'resource_patch',
	input: {kind: 'ConfigMap', name: configMap, namespace, type: 'merge', patch: JSON.stringify({data: {[key]: value}})},
});

const canary = ({namespace, deployment, steps, interval, readyWithin}: Stage, image: string): DemoCall => ({
	tool: 'deployment_canary',
	input: {name: deployment, namespace, image, steps, interval, readyWithin},
});

/** The story of a morning on call: a bad version, a good one, a change that collides with a colleague's, and a step back. */
export function storyOf(stage: Stage): readonly Scene[] {
	const {namespace, deployment, configMap, key, value, otherKey, otherValue, manifest} = stage;
	const configChange = patchKey(stage, key, value);
	const prepare: Scene[] =
		manifest === undefined
			? []
			: [
					{
						id: 'prepare',
						title: 'A place of its own',
						says: `The story plays in the namespace ${namespace}, which it makes first.`,
						call: {tool: 'resource_apply', input: {manifest}},
						ends: 'done',
					},
				];
	const cleanUp: Scene[] =
		manifest === undefined
			? []
			: [
					{
						id: 'clean-up',
						title: 'Clean up',
						says: `The namespace ${namespace} goes, with all that is in it.`,
						call: {tool: 'resource_delete', input: {kind: 'Namespace', name: namespace}},
						ends: 'done',
						always: true,
					},
				];
	return [
		...prepare,
		{
			id: 'bad-canary',
			title: 'A bad version',
			says: `${stage.badImage} goes out as a canary of ${deployment}: a few pods first, judged beside the version that serves today.`,
			call: canary(stage, stage.badImage),
			ends: 'failed',
			verdict: 'rolled-back',
		},
		{
			id: 'good-canary',
			title: 'A good version',
			says: `${stage.goodImage} takes the same road.`,
			call: canary(stage, stage.goodImage),
			ends: 'done',
			verdict: 'promoted',
		},
		{
			id: 'drift',
			title: 'Somebody else is faster',
			says: `${key} of ConfigMap ${configMap} is to become ${value}.`,
			call: configChange,
			meanwhile: {
				says: `While you read, a colleague sets ${otherKey} to ${otherValue} in the same ConfigMap.`,
				call: patchKey(stage, otherKey, otherValue),
			},
			ends: 'drifted',
		},
		{id: 'plan-again', title: 'The plan again', says: 'The same change, planned on what is there now.', call: configChange, ends: 'done'},
		{
			id: 'undo',
			title: 'The way back',
			says: `The change is taken back. What the colleague set stays.`,
			call: {tool: 'undo', input: {}},
			undoes: 'plan-again',
			ends: 'done',
		},
		...cleanUp,
	];
}
