import * as z from 'zod';
import type {ScrapeTarget} from '../port.ts';
import {labels, success} from './answers.ts';
import type {Ask} from './asking.ts';

const answer = success(
	z.object({
		activeTargets: z
			.array(
				z.object({
					labels,
					scrapePool: z.string().default(''),
					scrapeUrl: z.string().default(''),
					health: z.string(),
					lastError: z.string().default(''),
					lastScrape: z.string().default(''),
					lastScrapeDuration: z.number().default(0),
					scrapeInterval: z.string().default(''),
				}),
			)
			.nullish(),
	}),
);

/** What the server scrapes, and how that went last. */
export async function readTargets(ask: Ask): Promise<readonly ScrapeTarget[]> {
	const {data} = await ask({name: 'targets', parameters: {state: 'active'}, about: 'all targets', what: 'targets'}, answer);
	return (data.activeTargets ?? []).map(target => ({
		...{pool: target.scrapePool, url: target.scrapeUrl, labels: target.labels, health: target.health, lastError: target.lastError},
		...{lastScrapeMs: Date.parse(target.lastScrape), durationSeconds: target.lastScrapeDuration, interval: target.scrapeInterval},
	}));
}
