import {percent} from '../../../../analysis/canary/percent.ts';
import {textLines} from '../../../../core/text/styled.ts';
import {textTable} from '../../../../core/text/text-table.ts';
import type {View} from '../../../../core/tool.ts';
import type {CanaryResult} from './canary-result.ts';
import type {KayentaScore} from './judging/kayenta-verdict.ts';

const heads = {promoted: '✓ promoted', 'rolled-back': '✗ took back', stuck: '✗ neither promoted nor took back'} as const;

const ratio = (value: number | undefined) => (value === undefined ? '-' : percent(value));

/** `errors 50, traffic 100`: of each group of a Kayenta config the part that passed. */
const groupsText = (kayenta: KayentaScore | undefined) =>
	kayenta?.groups.map(({name, score}) => `${name} ${Math.round(score)}`).join(', ') ?? '-';

/** What a canary found out: the verdict first, then one line for each step. */
export function canaryText({verdict, reason, image, stages}: CanaryResult, view: View): string {
	const head = `${heads[verdict]} ${image}`;
	const isScored = stages.some(stage => stage.verdict.kayenta !== undefined);
	const rows = stages.map(({weight, share, verdict: {verdict, metrics, judgedBy, kayenta}}) => {
		const step = [`${weight} %`, `${Math.round(share * 100)} %`, judgedBy.length === 0 ? 'by hand' : verdict];
		if (isScored) return [...step, kayenta?.score ?? '-', groupsText(kayenta)];
		const errors = metrics.find(({metric}) => metric === 'error-ratio');
		return [...step, ratio(errors?.canary), ratio(errors?.stable), errors === undefined ? '-' : Math.round(errors.canarySamples)];
	});
	const known = isScored ? ['SCORE', 'GROUPS'] : ['CANARY ERRORS', 'STABLE ERRORS', 'REQUESTS'];
	const table = rows.length === 0 ? '' : `\n${textTable({headers: ['STEP', 'SHARE', 'VERDICT', ...known], rows, view})}`;
	return `${textLines('', `${head}: ${reason}`, view).join('\n')}${table}`;
}
