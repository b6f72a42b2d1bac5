import {type Incident, typedKey} from '../../../analysis/detection/incident.ts';
import type {Remedy} from '../../../analysis/diagnosis/cause.ts';
import {shellWord} from '../../../core/text/shell-word.ts';
import {type Invasiveness, invasivenessLevels, invasivenessOf} from './invasiveness.ts';

/** A way out of an incident, and the number by which a person chooses it. */
export type Way = {readonly number: number; readonly remedy: Remedy; readonly invasiveness: Invasiveness};

/** Every way out of an incident: what the objects themselves tell first, then the least invasive, and last what lets more pass than before. */
export const waysOf = ({cause}: Incident): readonly Way[] =>
	cause.remedies
		.map(remedy => ({remedy, invasiveness: invasivenessOf(remedy)}))
		.toSorted(
			(one, other) =>
				Number(other.remedy.sure) - Number(one.remedy.sure) ||
				Number(one.remedy.loosens === true) - Number(other.remedy.loosens === true) ||
				invasivenessLevels.indexOf(one.invasiveness) - invasivenessLevels.indexOf(other.invasiveness),
		)
		.map((way, index) => ({number: index + 1, ...way}));

/** The way that is taken unasked: the least invasive of those that the objects tell. */
export const sureWay = (ways: readonly Way[]): Way | undefined => ways.find(({remedy}) => remedy.sure);

/** The way that a person named: by number, or by its words or a part of them that no other way has. */
export function chosenWay(ways: readonly Way[], choice: string): Way | undefined {
	const word = choice.trim().toLowerCase();
	const said = ({remedy: {text}}: Way) => [text.en.toLowerCase(), text.ko.toLowerCase()];
	const exact = ways.find(way => String(way.number) === word || said(way).includes(word));
	const alike = ways.filter(way => said(way).some(text => text.includes(word)));
	return exact ?? (alike.length === 1 ? alike[0] : undefined);
}

/** What a person types to take a way; the one that is taken unasked needs no choice. */
export const commandOf = ({key}: Pick<Incident, 'key'>, way: Way, ways: readonly Way[]): string =>
	`mkcoa incident fix ${shellWord(typedKey(key))}${sureWay(ways)?.number === way.number ? '' : ` --choice ${way.number}`}`;
