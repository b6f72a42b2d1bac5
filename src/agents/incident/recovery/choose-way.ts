import type {Incident} from '../../../analysis/detection/incident.ts';
import {faultClassOf} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import type {Trouble} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {StoppedError} from '../../../core/tool.ts';
import {type Recovery, recoveryJson} from '../recovery-output.ts';
import {toldIncident} from '../told-incident.ts';
import {chosenWay, commandOf, type Way, waysOf} from './ways-of.ts';

/** An incident and the way that is taken out of it. */
export type Chosen = {readonly incident: Incident; readonly way: Way};

/**
 * The ways out, the first to be tried first: the one that was named, or those that the objects themselves tell.
 * @param incidents that a person may mean, gravest first, at least one
 * @throws StoppedError with every way and the command for it, where a person has to choose
 */
export function chooseWays(incidents: readonly [Incident, ...Incident[]], choice: string | undefined): readonly [Chosen, ...Chosen[]] {
	const [first, ...others] = incidents.flatMap(incident => {
		const ways = waysOf(incident);
		const named = choice === undefined ? undefined : chosenWay(ways, choice);
		const taken = choice === undefined ? ways.filter(({remedy}) => remedy.sure) : named === undefined ? [] : [named];
		return taken.map(way => ({incident, way}));
	});
	if (first === undefined) throw nobodyChose(incidents, choice);
	return choice === undefined ? [first, ...others] : [first];
}

/** Every way out of these incidents, each with the command that takes it. */
const choicesOf = (incidents: readonly Incident[]): Recovery['choices'] =>
	incidents.flatMap(incident =>
		waysOf(incident).map((way, _, ways) => ({
			number: way.number,
			text: oneLine(way.remedy.text.en),
			invasiveness: way.invasiveness,
			command: commandOf(incident, way, ways),
		})),
	);

function nobodyChose(incidents: readonly [Incident, ...Incident[]], choice: string | undefined): StoppedError {
	const [first] = incidents;
	const choices = choicesOf(incidents);
	const one = incidents.length === 1 ? first : undefined;
	const what =
		one === undefined
			? `None of ${count(incidents.length, 'incident')} has a remedy that is sure`
			: `${refText(one.cause.resource)} is left as it is (${one.cause.id})`;
	return new StoppedError({
		trouble: {kind: 'usage', code: 'no-sure-remedy', what, ...whyAndNext(one ?? first, choices, choice, one !== undefined)},
		undone: [],
		left: [],
		output: recoveryJson({
			...(one === undefined ? {} : {incident: toldIncident(one)}),
			result: 'not-tried',
			watchedSeconds: 0,
			before: [],
			after: [],
			alike: [],
			choices,
		}),
	});
}

function whyAndNext(
	{cause}: Incident,
	choices: Recovery['choices'],
	choice: string | undefined,
	isOne: boolean,
): Pick<Trouble, 'why' | 'next'> {
	const [way] = choices;
	if (way === undefined)
		return {
			why: isOne
				? oneLine(cause.noRemedy?.en ?? faultClassOf(cause.id).noRemedy ?? 'how it should be nobody can tell from the objects')
				: 'how it should be nobody can tell from the objects',
			next: 'See the evidence with: mkcoa incident detect',
		};
	if (choice !== undefined)
		return {
			why: `no remedy is called ${JSON.stringify(shortLine(choice, 100))}`,
			next: `Choose one that is listed, such as: ${way.command}`,
		};
	return {
		why:
			choices.length === 1
				? 'the objects do not tell that this was meant, so a person has to say so'
				: 'the objects do not tell which of these was meant',
		next: choices.length === 1 ? `Take it with: ${way.command}` : `Choose one, such as: ${way.command}`,
	};
}
