import {type Slo, sloFileSchema} from '../agents/incident/sla/slo-file.ts';
import {readConfigFile} from './config-file.ts';
import type {Host} from './host.ts';

/**
 * The objectives that the person wrote down; none where there is no file.
 * @throws `bad-slos` with the line or the words that are wrong
 */
export const loadSlos = async (host: Pick<Host, 'env' | 'home'>): Promise<readonly Slo[]> => {
	const {slos} = await readConfigFile(host, {
		name: 'slo.yaml',
		schema: sloFileSchema,
		code: 'bad-slos',
		what: 'The file of objectives',
		next: 'Mend it: an objective has objective: 99.9, window: 30d, and service: NAME or good and total (see docs/incidents.md)',
	});
	return slos;
};
