import {expect, test} from 'vitest';
import {endMatchers} from '../../../src/agents/series/end-matchers.ts';
import {endLabels, requestEnd} from '../../../src/agents/series/request-end.ts';
import type {RequestSeries} from '../../../src/agents/series/request-series.ts';
import {metricsOver} from '../../support/metrics-over.ts';

type Reading = Pick<RequestSeries, 'codeLabel' | 'beside'>;

const codes = ['', '0', '100', '200', '404', '5xx', '5XX', '500', '503', '1500', 'OK', 'Internal', 'NotFound', 'success', 'failure'];
const besides = ['', '0', '4', '5', '13', '22', 'FAIL_FAST'];
const flags = ['', '-', 'DC', 'UH', 'UF,URX', 'DC,UC', 'LRX'];

const readings: readonly Reading[] = [
	{codeLabel: 'code'},
	{codeLabel: 'grpc_code'},
	{codeLabel: 'response_code', beside: 'grpc_response_status'},
	{codeLabel: 'response_code'},
	{codeLabel: 'classification'},
	{codeLabel: 'http_status', beside: 'error'},
];

test.each(readings)(
	'matchers select what failed and what was heard as requestEnd tells, and nothing twice: $codeLabel $beside',
	async reading => {
		const world = metricsOver();
		const [code, ...more] = endLabels(reading);
		const valuesOf = (label: string | undefined) =>
			label === undefined ? [''] : label === code ? codes : label === reading.beside ? besides : flags;
		const rows = valuesOf(code).flatMap(first =>
			valuesOf(more[0]).flatMap(second => valuesOf(more[1]).map(third => [first, second, third].slice(0, more.length + 1))),
		);
		for (const [id, row] of rows.entries())
			world.set('asked_total', {id: String(id), ...Object.fromEntries(endLabels(reading).map((label, at) => [label, row[at] ?? '']))}, 1);
		world.pass(60_000);
		const selected = async (some: readonly string[]) =>
			(await Promise.all(some.map(each => world.metrics.query(`asked_total{namespace="shop"${each}}`))))
				.flat()
				.map(({labels}) => Number(labels.id));
		const end = requestEnd(reading);
		const idsOf = (isWanted: (end: string) => boolean) => rows.flatMap((row, id) => (isWanted(end(row)) ? [id] : []));
		const {failed, heard} = endMatchers(reading);
		const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);
		expect(inOrder(await selected(failed))).toEqual(idsOf(each => each === 'failed'));
		expect(inOrder(await selected(heard))).toEqual(idsOf(each => each !== 'nobodys'));
	},
);
