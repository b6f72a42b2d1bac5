import {refText} from '../../core/kube/kube-object.ts';
import {sinceText} from '../../core/text/age.ts';
import {count} from '../../core/text/count.ts';
import {fence} from '../../core/text/fence.ts';
import {textLines} from '../../core/text/styled.ts';
import {uncheckedLines} from '../../core/text/unchecked-lines.ts';
import type {View} from '../../core/tool.ts';
import type {RootCauses} from './root-causes-output.ts';

type Cause = RootCauses['causes'][number];

const likelihood = (weight: number) =>
	weight >= 0.75 ? 'most likely' : weight >= 0.5 ? 'likely' : weight >= 0.3 ? 'possible' : 'unlikely';

function causeLines({weight, resource, text, for: pro, against, refutedBy, incident}: Cause, index: number, view: View): readonly string[] {
	const say = (word: string, detail: string) => textLines(`   ${word.padEnd(8)}`, detail, view);
	const grounds = (word: string, list: Cause['for']) =>
		list.flatMap(({source, detail}, place) => say(place === 0 ? word : '', `${source}: ${detail}`));
	const ways = incident?.choices ?? (incident?.remedy === undefined ? [] : [incident.remedy]);
	const id = incident === undefined ? 'changed before' : incident.id;
	return [
		...textLines(`${index + 1}. `, `${likelihood(weight)}: ${refText(resource)} (${id})`, view),
		...textLines('   ', text, view),
		...grounds('For', pro),
		...grounds('Against', against),
		...say('Not it', `if ${refutedBy}`),
		...ways.flatMap(way => say('Remedy', way.text)),
	];
}

function headText({symptom, target, state, began, causes}: RootCauses, view: View): string {
	const asked = symptom === '' ? 'What is wrong' : symptom;
	if (target === undefined)
		return causes.length === 0
			? `${asked}: nothing that is there is named so, and nothing is found wrong`
			: `${asked}: nothing that is there is named so; this is what is found wrong, what shares its words first`;
	const since = began === undefined ? '' : `; first seen ${sinceText(began, view)}${view.terminal ? ' ago' : ''}`;
	return `${refText(target)}, by its own status: ${state}${since}`;
}

/** Ranked causes with the grounds for and against each, what crashed containers said last, and what was not looked at. */
export function rootCausesText(answer: RootCauses, view: View): string {
	const {target, causes, lastWords, leftOut, notChecked} = answer;
	return [
		...textLines('', headText(answer, view), view),
		...(causes.length === 0 && target !== undefined
			? textLines('', 'Nothing it leans on is found wrong, and nothing was changed shortly before', view)
			: []),
		...causes.flatMap((cause, index) => ['', ...causeLines(cause, index, view)]),
		...(leftOut === 0 ? [] : ['', `${count(leftOut, 'less likely one')} left out`]),
		...lastWords.flatMap(({origin, lines}) => ['', fence(`last lines of ${origin}`, lines.join('\n'))]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
