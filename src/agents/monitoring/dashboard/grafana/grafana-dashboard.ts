import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type {JsonObject} from '../../../../core/json.ts';
import type {MeasuredUnit} from '../../../../core/text/measured-text.ts';
import type {CheckedPanel} from '../check-panels.ts';
import type {ReadDashboard} from '../read-dashboard.ts';
import {dashboardUid} from './dashboard-uid.ts';
import type {Marks} from './rollout-annotation.ts';

/** Units as Grafana calls them. */
const units: {readonly [unit in MeasuredUnit]: string} = {
	ratio: 'percentunit',
	seconds: 's',
	bytes: 'bytes',
	bytesPerSecond: 'binBps',
	cores: 'short',
	perSecond: 'reqps',
	number: 'short',
};

/** The variable by which whoever looks chooses among the Prometheus servers of the Grafana. */
const source = {type: 'prometheus', uid: `\${datasource}`} as const;

/** Two panels in a row of 24 columns. */
const panelSize = {width: 12, height: 8};

const letterOf = (at: number) => String.fromCharCode('A'.charCodeAt(0) + at);

/** Intervals that people scrape by, in seconds. */
const usualScrapes = [1, 5, 10, 15, 20, 30, 60, 120, 300];

/** The time between two samples; counted over some minutes it is a little off now and then, and a dashboard that is made anew is to be the same. */
function scrapeText(ms: number): string {
	const seconds = ms / 1000;
	const near = usualScrapes.find(usual => Math.abs(seconds - usual) <= usual * 0.12);
	return `${near ?? Math.ceil(seconds)}s`;
}

function panelOf({title, about, unit, lines, thresholds}: CheckedPanel, scrape: string) {
	const steps = [
		{value: null, color: 'green'},
		...thresholds.map(({at, level}) => ({value: at, color: level === 'bad' ? 'red' : 'orange'})),
	];
	const panel = new timeseries.PanelBuilder()
		.title(title)
		.description(about)
		.datasource(source)
		// What rates look back is made of it: without it, of what the data source is set to, which may be shorter than two scrapes.
		.interval(scrape)
		.unit(units[unit])
		.min(0)
		.span(panelSize.width)
		.height(panelSize.height)
		.lineWidth(1)
		.fillOpacity(lines.length === 1 ? 8 : 0)
		.showPoints(common.VisibilityMode.Never)
		.spanNulls(false)
		.thresholds(new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps(steps))
		.thresholdsStyle(
			new common.GraphThresholdsStyleConfigBuilder().mode(
				thresholds.length === 0 ? common.GraphThresholdsStyleMode.Off : common.GraphThresholdsStyleMode.Dashed,
			),
		)
		.legend(
			new common.VizLegendOptionsBuilder()
				.displayMode(common.LegendDisplayMode.Table)
				.placement(common.LegendPlacement.Bottom)
				.showLegend(true)
				.calcs(['lastNotNull', 'mean', 'max']),
		)
		.tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
	for (const [at, {promql, legend, isBound}] of lines.entries()) {
		const query = new prometheus.DataqueryBuilder().expr(promql).legendFormat(legend).range().refId(letterOf(at)).datasource(source);
		panel.withTarget(query);
		if (isBound)
			panel.overrideByQuery(letterOf(at), [
				{id: 'custom.lineStyle', value: {fill: 'dash', dash: [10, 10]}},
				{id: 'custom.fillOpacity', value: 0},
			]);
	}
	return panel;
}

function variablesOf({subject, panels}: ReadDashboard) {
	const server = new dashboard.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
	if (subject.kind === 'nodes') return [server];
	const metric = /\b(?:kube|container)_\w+/.exec(panels.flatMap(({lines}) => lines.map(({promql}) => promql)).join(' '))?.[0];
	const namespaces = metric === undefined ? undefined : `label_values(${metric}, namespace)`;
	const chosen = {selected: true, text: subject.namespace, value: subject.namespace};
	if (namespaces === undefined) return [server, new dashboard.ConstantVariableBuilder('namespace').value(subject.namespace)];
	return [
		server,
		new dashboard.QueryVariableBuilder('namespace')
			.label('Namespace')
			.datasource(source)
			.query({query: namespaces, refId: 'namespaces'})
			.definition(namespaces)
			.current(chosen)
			.refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
			.sort(dashboard.VariableSort.AlphabeticalAsc),
	];
}

function annotationOf({name, promql, title}: Marks) {
	return new dashboard.AnnotationQueryBuilder()
		.name(name)
		.datasource(source)
		.enable(true)
		.iconColor('blue')
		.expr(promql)
		.titleFormat(title)
		.useValueForTime(true)
		.step('60s');
}

/**
 * A dashboard for Grafana, with every query that was answered and none that was not. It is the model that files, sidecars and the API of all
 * versions of Grafana read (schema 42); that of the newer API, which is called v2, does not go through files.
 * @param sinceText what the time picker begins with: `1h`
 */
export function grafanaDashboard(read: ReadDashboard, sinceText: string, marks: Marks | undefined): JsonObject {
	const scrape = scrapeText(read.sampling.scrapeMs);
	const built = new dashboard.DashboardBuilder(read.title)
		.uid(dashboardUid(read.subject))
		.description(`Made by mkcoa: each query was answered by ${read.source}`)
		.tags(['mkcoa', 'kubernetes'])
		.editable()
		.tooltip(dashboard.DashboardCursorSync.Crosshair)
		.time({from: `now-${sinceText}`, to: 'now'})
		.refresh('30s')
		.variables(variablesOf(read));
	if (marks !== undefined) built.annotation(annotationOf(marks));
	for (const [section, panels] of Map.groupBy(read.panels, each => each.section)) {
		built.withRow(new dashboard.RowBuilder(section));
		for (const panel of panels) built.withPanel(panelOf(panel, scrape));
	}
	// What the builders leave undefined is no JSON; ids tell panels of one dashboard apart, and the builders give none.
	const model = JSON.parse(JSON.stringify(built.build())) as JsonObject & {panels: readonly JsonObject[]};
	return {...model, panels: model.panels.map((panel, at) => ({...panel, id: at + 1}))};
}
