import type {Incident} from '../../../analysis/detection/incident.ts';
import {faultClassOf} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {pathText} from '../../../core/diff/path-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Change, Draft} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Context} from '../../../core/tool.ts';
import {ownerNotes} from '../../deploy/ownership/owner-notes.ts';
import {ownersOf} from '../../deploy/ownership/owners-of.ts';
import type {RecoveryPorts} from '../ports.ts';
import {toldIncident} from '../told-incident.ts';
import {type NotOffered, notOffered, whoCan} from './not-offered.ts';
import {remedyDraft} from './remedy-draft.ts';
import type {Strategy, ToldWay} from './strategy-output.ts';
import {commandOf, type Way, waysOf} from './ways-of.ts';

/** Every way out of one incident, each tried as a dry run: what the server would refuse is no way, and is told with the reason. */
export async function strategyOf(incident: Incident, context: Context<RecoveryPorts>): Promise<Strategy> {
	const {cause, family} = incident;
	const all = waysOf(incident);
	const tried = await Promise.all(all.map(way => tellWay(way, {incident, all}, context)));
	const ways = tried.flatMap(each => ('number' in each ? [each] : []));
	const refused = tried.flatMap(each => ('number' in each ? [] : [each]));
	const why = cause.noRemedy?.en ?? faultClassOf(cause.id).noRemedy ?? 'How it should be nobody can tell from the objects';
	return {
		incident: toldIncident(incident),
		ways,
		notOffered: [...refused, ...notOffered(family)],
		...(ways.length === 0 ? {none: {why: refused[0]?.why ?? oneLine(why), who: whoCan(family)}} : {}),
		check: [
			...(ways.length === 0
				? []
				: [`${cause.id} is gone, and ${someOf([cause.resource, ...incident.impact].map(refText))} well: incident fix looks by itself`]),
		],
	};
}

type About = {readonly incident: Incident; readonly all: readonly Way[]};

async function tellWay(way: Way, about: About, context: Context<RecoveryPorts>): Promise<ToldWay | NotOffered> {
	const {remedy} = way;
	const text = oneLine(remedy.text.en);
	try {
		const {tool, draft} = await remedyDraft(remedy, context);
		return await told(way, about, {text, tool: tool ?? remedy.tool, draft}, context);
	} catch (error) {
		if (!(error instanceof MkcoaError) || error.trouble.kind === 'auth' || error.trouble.code === 'unreachable') throw error;
		return {what: text, why: oneLine(error.trouble.why ?? error.trouble.what)};
	}
}

const changeText = ({ref, operation, fields}: Change) =>
	`${operation} ${refText(ref)}${operation === 'update' && fields.length > 0 ? `: ${someOf(fields.map(({path}) => pathText(path)))}` : ''}`;

/** Told apart, with what was read of them, or no news to who reads a strategy. */
const isToldApart = (id: string) => id.startsWith('managed-by-') || id === 'cause';

type Planned = {readonly text: string; readonly tool: string; readonly draft: Draft};

async function told(
	way: Way,
	{incident, all}: About,
	{text, tool, draft}: Planned,
	{ports: {cluster}}: Context<RecoveryPorts>,
): Promise<ToldWay> {
	const {number, remedy, invasiveness} = way;
	const notes = await Promise.all(
		draft.changes.map(async ({ref}) => {
			const object = await cluster.get(ref);
			return object === undefined ? [] : ownerNotes(await ownersOf(cluster, object), ref, 'spec');
		}),
	);
	const owners = notes.flat().map(note => note.text);
	const command = commandOf(incident, way, all);
	return {
		number,
		text,
		sure: remedy.sure,
		invasiveness,
		tool,
		input: {...remedy.input},
		changes: draft.changes.map(changeText),
		risk: draft.risk.level,
		follows: draft.consequences.filter(({id, severity}) => severity !== 'info' && !isToldApart(id)).map(each => each.text),
		owners,
		undo: draft.undo.how,
		command,
		...(owners.length === 0 ? {} : {deliver: `${command} --gitops DIR`}),
	};
}
