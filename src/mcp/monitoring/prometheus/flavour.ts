import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {Wire} from '../http/wire.ts';
import type {Flavour} from '../port.ts';
import {success} from './answers.ts';

const buildInfo = success(
	z.object({
		version: z.string().default(''),
		revision: z.string().optional(),
		branch: z.string().optional(),
		application: z.string().optional(),
	}),
);

/**
 * Which program answers. Mimir names itself; VictoriaMetrics gives a version of Prometheus and nothing else; Thanos alone knows of stores.
 * @see https://grafana.com/docs/mimir/latest/references/http-api/#build-information
 * @see https://thanos.io/tip/components/query.md
 */
export async function readFlavour(wire: Wire): Promise<Flavour> {
	const {status, body} = await wire.ask({path: '/api/v1/status/buildinfo'});
	const parsed = buildInfo.safeParse(body);
	if (status !== 200 || !parsed.success) return {kind: 'unknown', version: ''};
	const {version, revision, branch, application = ''} = parsed.data.data;
	if (/mimir/i.test(application)) return {kind: 'mimir', version};
	if (revision === undefined && branch === undefined) return {kind: 'victoriametrics', version};
	return {kind: (await hasStores(wire)) ? 'thanos' : 'prometheus', version};
}

async function hasStores(wire: Wire): Promise<boolean> {
	try {
		const {status, body} = await wire.ask({path: '/api/v1/stores'});
		return status === 200 && success(z.record(z.string(), z.unknown())).safeParse(body).success;
	} catch (error) {
		// Whoever keeps others from asking that is not looked through.
		if (error instanceof MkcoaError) return false;
		throw error;
	}
}
