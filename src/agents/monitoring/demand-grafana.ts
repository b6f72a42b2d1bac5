import {MkcoaError} from '../../core/error.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import type {Folder, Grafana} from '../../mcp/monitoring/grafana/port.ts';
import type {MonitoringPorts} from './ports.ts';

/**
 * The Grafana of this context.
 * @param otherwise what can be done without one
 * @throws MkcoaError `no-grafana` with why there is none
 */
export async function demandGrafana({monitoring}: Pick<MonitoringPorts, 'monitoring'>, otherwise: string): Promise<Grafana> {
	const found = await monitoring.grafana();
	if (found.port !== undefined) return found.port;
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-grafana',
		what: 'There is no Grafana to save it in',
		why: found.why,
		next: `Name its url in monitoring.yaml (see docs/monitoring-servers.md), or ${otherwise}`,
	});
}

/** A folder by its uid or its title. @throws MkcoaError `no-such-folder` with the nearest one */
export function folderNamed(name: string, folders: readonly Folder[], source: string): Folder {
	const found = folders.find(({uid}) => uid === name) ?? folders.find(({title}) => title === name);
	if (found !== undefined) return found;
	const [close] = nearestNames(
		name,
		folders.map(({title}) => title),
	);
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-folder',
		what: `${source} has no folder ${JSON.stringify(name)}`,
		next: close === undefined ? 'See its folders with: mkcoa observe grafana folders' : `Take --folder ${JSON.stringify(close)}`,
	});
}
