import {oneLine} from '../../../core/text/one-line.ts';

/** What a person can do where nobody keeps the past. */
export const serverRemedy = 'name a Prometheus with --prometheus URL or in monitoring.yaml';

/** Measures that only a metrics server knows, each with why and what helps. */
export const onlyServers = (names: readonly string[], why: string) => names.map(what => ({what, why: `${oneLine(why)}: ${serverRemedy}`}));

/** Who is asked in its place, for people. */
export const presentSource = 'the cluster itself, at this moment (no metrics server)';
