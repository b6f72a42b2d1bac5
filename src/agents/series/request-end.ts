import type {RequestSeries} from './request-series.ts';
import {besideLabels, codeLabels} from './series-names.ts';

type Reading = Pick<RequestSeries, 'codeLabel' | 'beside'>;

/** `failed` blames the one who answered; `nobodys` is a request whose client went away before any answer: it says nothing of the version. */
type RequestEnd = 'fine' | 'failed' | 'nobodys';

const unansweredOf = ({codeLabel}: Reading) => codeLabels.find(({label}) => label === codeLabel)?.unanswered;

/** Labels that tell how a request ended, most telling first. */
export const endLabels = (reading: Reading): readonly string[] =>
	[reading.codeLabel, reading.beside, unansweredOf(reading)?.flags].filter(label => label !== undefined);

/** How a request ended, by the values of `endLabels` in their order. */
export function requestEnd(reading: Reading): (values: readonly string[]) => RequestEnd {
	const labels = endLabels(reading);
	const byCode = codeLabels.find(({label}) => label === reading.codeLabel)?.failed;
	const more = besideLabels.find(({label}) => label === reading.beside);
	const unanswered = unansweredOf(reading);
	return values => {
		const at = (label: string | undefined) => (label === undefined ? '' : (values[labels.indexOf(label)] ?? ''));
		const code = at(reading.codeLabel);
		const failsBeside = more?.failed.test(at(more.label)) === true && (code === '' || !more.isWithoutCode);
		if (byCode?.test(code) === true || failsBeside) return 'failed';
		if (code !== unanswered?.code) return 'fine';
		return unanswered.failed.test(at(unanswered.flags)) ? 'failed' : 'nobodys';
	};
}
