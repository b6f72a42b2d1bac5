import {isNotAllowed, MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import {preconditionOf} from '../../../../core/road/precondition.ts';
import {stepText} from '../layout.ts';
import {holderText, workloadName} from '../lease/held-by.ts';
import type {Rollout} from '../record/read-rollout.ts';
import {nothingKnown, recordPatch} from '../record/record.ts';
import {recordSeal} from '../record/record-seal.ts';
import {rolloutRefs} from '../record/rollout-objects.ts';
import {strategyWords} from '../strategy-words.ts';
import {goesBack} from './ask.ts';
import {type Asking, inputOf} from './asking.ts';
import type {ControlInput, ControlVerb} from './control-input.ts';

/** What to do instead of `mkcoa undo`. */
const contraries = {
	promote: named => `mkcoa deploy abort ${named} takes all of it back, as long as it lasts`,
	pause: named => `mkcoa deploy resume ${named} lets it go on`,
	resume: named => `mkcoa deploy pause ${named} holds it again`,
	abort: () => 'roll the version out again',
} as const satisfies Readonly<Record<ControlVerb, (named: string) => string>>;

const deeds = {
	promote: 'end the wait that it is at, and go on',
	pause: 'pause',
	resume: 'go on',
	abort: 'take it back',
} as const;

/** One line for the one who is at it. @throws `not-allowed` for what has to be signed where the key may not be read */
export async function draftRequest(
	asking: Asking,
	{lease, record = nothingKnown}: Rollout,
	recordObject: KubeObject,
): Promise<Draft<ControlInput>> {
	const {verb, full, workload, context} = asking;
	const {namespace, name} = workloadName(workload);
	const {record: ref} = rolloutRefs(workloadName(workload));
	if (record.phase === 'back' && verb !== 'abort') throw goesBack({...workloadName(workload), verb}, record);
	const asked = {verb: verb === 'promote' && full ? ('promote-full' as const) : verb, by: context.holder.replaceAll(/\s/g, '-')};
	const request = {...asked, seal: await signature(asking, asked, record.answered.turn)};
	const who = holderText(lease?.holder ?? '');
	return {
		input: inputOf(asking, 'ask', {phase: record.phase, position: record.position, back: record.back}),
		summary: `Ask ${who}, who carries out the ${strategyWords(record.strategy)} of ${namespace}/${name}, to ${verb === 'promote' && full ? 'promote it without another wait' : deeds[verb]}; it is at ${stepText(record)}`,
		risk: {level: 'low', reasons: []},
		steps: [
			{title: `Write the request into ConfigMap ${ref.name}`, writes: [{op: 'patch', ref, type: 'merge', patch: recordPatch({request})}]},
		],
		changes: [{ref, operation: 'update', fields: [{path: ['data', 'request'], operation: 'add', after: request.verb}], computed: 'local'}],
		consequences: [{id: 'asked', severity: 'info', text: `${who} does it within seconds, and this command waits for that`}],
		preconditions: [preconditionOf(recordObject, ref, 'identity')],
		verify: [`The record of the rollout shows that it was done`],
		undo: {possible: false, contrary: true, how: contraries[verb](`${name} -n ${namespace}`)},
	};
}

/** Holding a rollout and taking it back are safe, so who may edit the ConfigMap may ask for them; what moves it on is signed. */
async function signature({verb, workload, context}: Asking, asked: Parameters<Sign>[0], turn: number): Promise<string> {
	const {script} = rolloutRefs(workloadName(workload));
	try {
		const secret = await context.ports.cluster.get(script);
		return (secret === undefined ? undefined : recordSeal(secret))?.ofRequest(asked, turn) ?? '';
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		if (verb === 'pause' || verb === 'abort') return '';
		const why = `a request to ${deeds[verb]} is signed with the key in Secret ${script.name}, so that nobody who may edit ConfigMaps alone lets a version pass unjudged`;
		throw new MkcoaError({...error.trouble, why}, {cause: error});
	}
}

type Sign = NonNullable<ReturnType<typeof recordSeal>>['ofRequest'];
