import {isAlerting, type RuleGroup} from '../../../../analysis/alert-rules/rule.ts';
import type {Grafana} from '../../../../mcp/monitoring/grafana/port.ts';
import {refused} from '../design/refused.ts';

type DataSource = Awaited<ReturnType<Grafana['dataSources']>>[number];

/** The data source that rules ask: the default one of the type, else the first. */
export async function prometheusOf(grafana: Grafana): Promise<DataSource | undefined> {
	const sources = (await grafana.dataSources()).filter(({type}) => type === 'prometheus');
	return sources.find(({isDefault}) => isDefault) ?? sources[0];
}

/** @throws MkcoaError `grafana-recordings` for alerts that ask for what other rules record */
export function demandAlertsAlone(groups: readonly RuleGroup[], next: string): void {
	if (groups.every(({rules}) => rules.every(isAlerting))) return;
	throw refused(
		'grafana-recordings',
		'Grafana needs a data source that it may write recordings to',
		next,
		'the alerts ask for what other rules record',
	);
}
