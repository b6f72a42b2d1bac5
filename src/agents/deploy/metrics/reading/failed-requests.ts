import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {besideLabels, codeLabels} from '../choosing/series-names.ts';

type Reading = Pick<ReadingOf<'requests'>, 'codeLabel' | 'beside'>;

/** Labels that tell how a request ended, most telling first. */
export const endLabels = ({codeLabel, beside}: Reading): readonly string[] => [codeLabel, ...(beside === undefined ? [] : [beside])];

/** Whether the one who answered is to blame, by the values of `endLabels` in their order. */
export function failureTest({codeLabel, beside}: Reading): (values: readonly string[]) => boolean {
	const byCode = codeLabels.find(({label}) => label === codeLabel)?.failed;
	const more = besideLabels.find(({label}) => label === beside);
	const failsBeside = (value: string, code: string) => more?.failed.test(value) === true && (code === '' || !more.isWithoutCode);
	return ([code = '', value = '']) => byCode?.test(code) === true || failsBeside(value, code);
}
