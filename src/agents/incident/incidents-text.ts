import {typedKey} from '../../analysis/detection/incident.ts';
import {refText} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import {severitySigns} from '../../core/text/severity-signs.ts';
import {shellWord} from '../../core/text/shell-word.ts';
import {textLines} from '../../core/text/styled.ts';
import {uncheckedLines} from '../../core/text/unchecked-lines.ts';
import type {View} from '../../core/tool.ts';
import type {Unchecked} from '../../core/unchecked.ts';
import type {ToldIncident} from './told-incident.ts';

/** One incident: what it is, where it shows, and what helps. */
function incidentLines(incident: ToldIncident, view: View): readonly string[] {
	const {severity, resource, id, path, cause, evidence, symptoms, impact, remedy, choices, noRemedy, key} = incident;
	const say = (word: string, text: string) => textLines(`  ${word.padEnd(8)}`, text, view);
	const ways = choices ?? (remedy === undefined ? [] : [remedy]);
	return [
		...textLines(`${severitySigns[severity]} `, `${severity} ${refText(resource)} (${id})`, view),
		...textLines('  ', cause, view),
		...(path === undefined ? [] : say('Field', path)),
		...evidence.flatMap(({source, detail}, index) => say(index === 0 ? 'Seen in' : '', `${source}: ${detail}`)),
		...symptoms.flatMap(({text}, index) => say(index === 0 ? 'Shows in' : '', text)),
		...(impact.length === 0 ? [] : say('Hits', someOf(impact.map(refText), 5))),
		...ways.flatMap(({text}, index) => say(index === 0 ? (ways.length === 1 ? 'Remedy' : 'One of') : '', text)),
		...(ways.length === 0
			? say('Remedy', `none: ${noRemedy ?? 'nobody can tell'}`)
			: say('', `mkcoa incident fix ${shellWord(typedKey(key))}`)),
	];
}

/** Of more incidents than this each is one line: nobody reads forty paragraphs at night. */
const mostDetailed = 12;

/** One incident in one line. */
const incidentLine = ({severity, resource, cause, id}: ToldIncident, view: View) =>
	textLines(`${severitySigns[severity]} ${severity.padEnd(8)} `, `${refText(resource)} (${id}): ${cause}`, view);

type Told = {
	readonly where: string;
	readonly incidents: readonly ToldIncident[];
	readonly notChecked: readonly Unchecked[];
	readonly objects: number;
	readonly kinds: number;
	readonly takenAt: string;
};

/** All incidents of one look, gravest first, and what was not looked at. */
export function incidentsText({where, incidents, notChecked, objects, kinds, takenAt}: Told, view: View): string {
	const head = incidents.length === 0 ? 'Nothing is found wrong' : count(incidents.length, 'incident');
	const isLong = incidents.length > mostDetailed;
	return [
		...textLines('', `${head} in ${where}: ${count(objects, 'object')} of ${count(kinds, 'kind')} looked at, ${takenAt}`, view),
		...(isLong ? [''] : []),
		...incidents.flatMap(incident => (isLong ? incidentLine(incident, view) : ['', ...incidentLines(incident, view)])),
		...(isLong
			? ['', ...textLines('', "Evidence and ways out of one: mkcoa incident strategy 'KIND/NAME', or look at one namespace with -n", view)]
			: []),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
