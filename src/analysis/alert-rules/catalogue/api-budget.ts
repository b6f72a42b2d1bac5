import {burnRules, rateOf} from '../../reliability/burn-rate.ts';
import type {AreaOf, CatalogueAlert} from './area.ts';
import {series, writing} from './series.ts';

const month = {windowSeconds: 30 * 86_400};

/** How long each burn must hold, by its long window: kubernetes-mixin's times. */
const held: {readonly [window: string]: string} = {'1h': '2m', '6h': '15m', '1d': '1h', '3d': '3h'};

/** The error budget of the API server: 99 % of its requests are answered without an error of its own, over 30 days. */
export const apiBudget: AreaOf = settings => {
	const {by} = writing(settings);
	const recorded = (over: string) => `apiserver_request:error_ratio:rate${over}`;
	const rate = (over: string, ...matchers: readonly string[]) =>
		`sum ${by()} (rate(${series('apiserver_request_total', settings.selectors.apiServer, ...matchers)}[${over}]))`;
	const windows = [...new Set(burnRules.flatMap(({long, short}) => [short, long]))];
	return {
		name: 'kubernetes-api-budget',
		recordings: windows.map(over => ({
			record: recorded(over),
			expr: `(${rate(over, 'code=~"5.."')} or 0 * ${rate(over)}) / (${rate(over)} > 0)`,
		})),
		alerts: burnRules.map(
			(rule): CatalogueAlert => ({
				name: 'KubeAPIErrorBudgetBurn',
				severity: rule.asks === 'page' ? 'critical' : 'warning',
				labels: {long: rule.long, short: rule.short},
				...(held[rule.long] === undefined ? {} : {for: held[rule.long]}),
				// The part of requests that may fail.
				threshold: 0.01,
				expr: budget => {
					const burn = `${rateOf(rule, month)} * ${budget}`;
					return `${recorded(rule.long)} > ${burn} and ${recorded(rule.short)} > ${burn}`;
				},
				summary: 'The API server uses its error budget up too fast',
				description: `{{ $value | humanizePercentage }} of the requests of the last ${rule.long} were answered with an error of the API server.`,
				look: 'Which verbs and resources fail: webhooks that time out, etcd, or an aggregated API.',
			}),
		),
	};
};
