import {percent} from '../../../../analysis/canary/percent.ts';
import {textLines} from '../../../../core/text/styled.ts';
import {textTable} from '../../../../core/text/text-table.ts';
import type {View} from '../../../../core/tool.ts';
import type {CanaryResult} from './canary-result.ts';

const heads = {promoted: '✓ promoted', 'rolled-back': '✗ took back', stuck: '✗ neither promoted nor took back'} as const;

const ratio = (value: number | undefined) => (value === undefined ? '-' : percent(value));

/** What a canary found out: the verdict first, then one line for each step. */
export function canaryText({verdict, reason, image, stages}: CanaryResult, view: View): string {
	const head = `${heads[verdict]} ${image}`;
	const rows = stages.map(({weight, share, verdict: {verdict, metrics, judgedBy}}) => {
		const errors = metrics.find(({metric}) => metric === 'error-ratio');
		return [
			`${weight} %`,
			`${Math.round(share * 100)} %`,
			judgedBy.length === 0 ? 'by hand' : verdict,
			ratio(errors?.canary),
			ratio(errors?.stable),
			errors === undefined ? '-' : Math.round(errors.canarySamples),
		];
	});
	const table =
		rows.length === 0
			? ''
			: `\n${textTable({headers: ['STEP', 'SHARE', 'VERDICT', 'CANARY ERRORS', 'STABLE ERRORS', 'REQUESTS'], rows, view})}`;
	return `${textLines('', `${head}: ${reason}`, view).join('\n')}${table}`;
}
