import {refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import type {ToldCompliance, ToldControl} from './compliance-output.ts';
import {evidencePack} from './evidence-pack.ts';

const states = ['pass', 'fail', 'not-applicable', 'not-checked'] as const;
/** Failing controls that are named before the rest is counted. */
const mostNamed = 12;

/** `103 of 131 automatable, 41 checked, 62 need a node` */
export function countsText({summary: {controls, automatable, checked, wanting}}: ToldCompliance): string {
	const open = [
		wanting.node === 0 ? '' : `${wanting.node} need a node`,
		wanting.cloud === 0 ? '' : `${wanting.cloud} need the provider's API`,
		wanting.api + wanting.person === 0 ? '' : `${wanting.api + wanting.person} could not be looked at`,
	].filter(text => text !== '');
	return [`${automatable} of ${controls} automatable`, `${checked} checked`, ...open].join(', ');
}

function headLines(told: ToldCompliance, view: View): readonly string[] {
	const {title, where, kubernetes, distribution, readBy, takenAt, kubeBench, summary} = told;
	const cluster = [kubernetes, distribution].filter(part => part !== undefined).join(', ');
	const {pass, fail, notApplicable, notChecked} = summary;
	return [
		...textLines('', `${title}: ${countsText(told)}`, view),
		...textLines('', `${pass} pass, ${fail} fail, ${notApplicable} not applicable, ${notChecked} not checked`, view),
		...textLines('', `${where}${cluster === '' ? '' : ` (${cluster})`}, read by ${readBy}, ${takenAt}`, view),
		...(kubeBench === 0 ? [] : textLines('', `${count(kubeBench, 'result')} of kube-bench taken in`, view)),
	];
}

function sectionTable(controls: readonly ToldControl[], view: View): string {
	const rows = [...Map.groupBy(controls, ({section}) => section)].map(([section, some]) => [
		section,
		...states.map(state => some.filter(({status}) => status === state).length),
	]);
	return textTable({headers: ['section', 'pass', 'fail', 'n/a', 'not checked'], rows, view});
}

/** One control with what it rests on. */
function controlLines({id, title, status, why, evidence, more, passed}: ToldControl, view: View): readonly string[] {
	return [
		...textLines('', `${id} ${title}: ${status}`, view),
		...evidence.flatMap(({resource, path, detail, platform}) => {
			const place = [resource === undefined ? '' : refText(resource), path ?? ''].filter(part => part !== '').join(' ');
			return textLines('  ', `${place}: ${detail}${platform === undefined ? '' : ` (${platform})`}`, view);
		}),
		...(more === 0 ? [] : textLines('  ', `and ${more} more: --evidence`, view)),
		...(passed === 0 ? [] : textLines('  ', `${count(passed, 'object')} passed`, view)),
		...(why === undefined ? [] : textLines('  ', `Not checked: ${why}`, view)),
	];
}

function failedLines(controls: readonly ToldControl[], view: View): readonly string[] {
	const failed = controls.filter(({status}) => status === 'fail');
	if (failed.length === 0) return [];
	const lines = failed.slice(0, mostNamed).flatMap(({id, title, evidence: [first], evidence, more}) => {
		const where = first?.resource === undefined ? (first?.detail ?? '') : refText(first.resource);
		const others = evidence.length + more - 1;
		return textLines('  ', `${id} ${title}: ${where}${others > 0 ? ` and ${others} more` : ''}`, view);
	});
	const left = failed.length - mostNamed;
	return ['', 'Fail', ...lines, ...(left > 0 ? [`  and ${count(left, 'more control')}: --json`] : [])];
}

function openLines(controls: readonly ToldControl[], view: View): readonly string[] {
	const open = controls.filter(({status}) => status === 'not-checked');
	if (open.length === 0) return [];
	const byWhy = [...Map.groupBy(open, ({why}) => why ?? '')].toSorted(([, one], [, other]) => other.length - one.length);
	const lines = byWhy.slice(0, mostNamed).flatMap(([why, list]) =>
		textLines(
			'  ',
			`${someOf(
				list.map(({id}) => id),
				6,
			)}: ${why}`,
			view,
		),
	);
	const left = byWhy.length - mostNamed;
	return ['', 'Not checked', ...lines, ...(left > 0 ? [`  and ${count(left, 'more reason')}: --json`] : [])];
}

/** One screen; of one control all that is known; or the whole pack for auditors. */
export function complianceText(told: ToldCompliance, view: View): string {
	const {controls, notChecked, pack} = told;
	if (pack) return evidencePack(told);
	const [only] = controls;
	if (controls.length === 1 && only !== undefined) return [...headLines(told, view).slice(2), ...controlLines(only, view)].join('\n');
	return [
		...headLines(told, view),
		'',
		sectionTable(controls, view),
		...failedLines(controls, view),
		...openLines(controls, view),
		...uncheckedLines(notChecked, view),
		'',
		...textLines('', 'One control: --control ID. For auditors: --evidence > evidence.md', view),
	].join('\n');
}
