import {ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import {shortLine} from '../../core/text/short-line.ts';
import type {EdgePrompt} from './edge-registry.ts';
import type {Needs} from './scopes.ts';

type Argument = {readonly name: string; readonly description: string; readonly required: boolean};

type Written = {
	readonly name: string;
	readonly title: string;
	readonly description: string;
	readonly arguments: readonly Argument[];
	readonly needs: readonly Needs[];
	/** What is wanted. */
	readonly wish: (given: {readonly [argument: string]: string}) => string;
	/** What the model is to do, in the order in which an experienced operator does it. */
	readonly steps: readonly string[];
};

/** What skills and specialists are told as well. */
type Ways = {
	readonly diagnose: readonly string[];
	readonly release: readonly string[];
	/** Holds for all of them. */
	readonly ground: readonly string[];
};

const workload: Argument = {name: 'workload', description: 'Workload, such as deployment/web', required: true};
const namespace: Argument = {name: 'namespace', description: "Namespace; the context's if left out", required: false};
const image: Argument = {name: 'image', description: 'New image', required: true};

const inside = ({namespace: place}: {readonly [argument: string]: string}) => (place === undefined ? '' : ` in namespace ${place}`);

const looks: Needs = {effect: 'read', toolset: 'kubernetes'};
const follows: Needs = {effect: 'read', toolset: 'deploy'};
const deploys: Needs = {effect: 'change', toolset: 'deploy'};

const written = ({diagnose, release}: Ways): readonly Written[] => [
	{
		name: 'diagnose',
		title: 'Diagnose a workload',
		description: 'Finds out why a workload does not do what it should, with the evidence',
		arguments: [workload, namespace],
		needs: [looks, follows],
		wish: given => `Find out what is wrong with ${given.workload}${inside(given)}. Do not change anything yet.`,
		steps: diagnose,
	},
	{
		name: 'deploy_safely',
		title: 'Deploy safely',
		description: 'Brings a new image out by a canary that is judged, with a way back',
		arguments: [workload, image, namespace],
		needs: [follows, deploys],
		wish: given => `Bring ${given.image} out for ${given.workload}${inside(given)}.`,
		steps: release,
	},
	{
		name: 'incident_review',
		title: 'Review an incident',
		description: 'Puts together what happened, when, why and what follows, without blame',
		arguments: [{...workload, required: false}, namespace],
		needs: [looks],
		wish: given => `Review the incident${given.workload === undefined ? '' : ` of ${given.workload}`}${inside(given)}.`,
		steps: [
			'Collect events_list, rollout_history and the logs around the time it began; give times in UTC.',
			'Tell a timeline, the cause with its evidence, whom it reached, how it ended, and what was luck.',
			'Tell what would have shown it sooner and what would have kept it small, each as one thing that somebody can do.',
		],
	},
];

/** Tasks that a person picks in his client, told in tools of mkcoa. */
export const edgePrompts = (ways: Ways): readonly EdgePrompt[] =>
	written(ways).map(({name, title, description, arguments: wanted, wish, steps, needs}) => ({
		needs,
		listed: {name, title, description, arguments: [...wanted]},
		async get(given) {
			const missing = wanted.find(argument => argument.required && (given[argument.name] ?? '') === '');
			if (missing !== undefined)
				throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${name} needs ${missing.name}: ${missing.description}`);
			const known = wanted.flatMap(argument => {
				const value = shortLine(given[argument.name] ?? '', 400);
				return value === '' ? [] : [[argument.name, value] as const];
			});
			const text = [wish(Object.fromEntries(known)), ...steps, ...ways.ground].join('\n');
			return {description, messages: [{role: 'user' as const, content: {type: 'text' as const, text}}]};
		},
	}));
