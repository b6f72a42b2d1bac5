import * as z from 'zod';
import type {MetricsServer} from '../port.ts';
import {success} from './answers.ts';
import type {Ask} from './asking.ts';

const answer = success(
	z.record(z.string(), z.array(z.object({type: z.string(), help: z.string().default(''), unit: z.string().default('')}))),
);

/** More metrics than one server should have. */
const mostMetrics = 20_000;

/** Type, help and unit of each metric, as targets tell of it. */
export async function readMetadata(ask: Ask, metric: string | undefined): ReturnType<MetricsServer['metadata']> {
	const parameters = {metric, limit: metric === undefined ? mostMetrics : undefined};
	return (await ask({name: 'metadata', parameters, about: metric ?? 'all metrics', what: 'metadata'}, answer)).data;
}
