/** A tool that makes more of numbers than a curve: it asks as the others do, so that few troubles differ for it. */
export type LaterTool = {
	readonly words: string;
	/** The end of the path that it cannot do without, beside the time of the server. */
	readonly asks: string;
	/** By names of bends: what the text of the answer says of them, or why it refuses. */
	readonly says: {readonly [bend: string]: RegExp};
};

const away = 'a store that is away, marked alone';
const partAway = /a part of the storage of .* is away/;

export const laterTools: readonly LaterTool[] = [
	{
		words: 'monitor performance web --since 1h',
		asks: '/query_range',
		says: {
			'series that ended': /cpu at \d+ of \d+ moments.*: there is no number/,
			'half of the data missing': /there is no number/,
			'nothing but NaN': /requests at all moments.*: there is no number/,
			'no series at all': /cpu: there is no container_cpu_usage_seconds_total/,
			[away]: partAway,
		},
	},
	{
		words: 'monitor dashboard web --since 1h',
		asks: '/query_range',
		says: {
			// No number now, and one before.
			'series that ended': /requests\trequests\tperSecond\t\t[\d.]+\t/,
			'nothing but NaN': /CPU and CPU by pod: there is no /,
			'no series at all': /CPU and CPU by pod: there is no /,
			[away]: partAway,
		},
	},
	{
		words: 'monitor grafana web',
		asks: '/query_range',
		says: {
			'nothing but NaN': /answered no query about Deployment shop\/web: .*there is no /,
			'no series at all': /answered no query about Deployment shop\/web: .*there is no /,
			[away]: /left out: .*a part of the numbers/,
		},
	},
	{
		words: 'monitor predict web --since 2d --ahead 6h',
		asks: '/query_range',
		says: {
			'series that ended': /its CPU in the last \d+m: there is no number/,
			'half of the data missing': /samples are missing/,
			'nothing but NaN': /Nobody measures the CPU/,
			'no series at all': /Nobody measures the CPU/,
			[away]: partAway,
		},
	},
	{
		words: 'monitor scale web --since 2d --ahead 6h',
		asks: '/query_range',
		says: {
			'series that ended': /Not checked: its CPU in the last \d+m: there is no number/,
			'half of the data missing': /Not checked: its CPU at \d+ of \d+ moments: there is no number/,
			'nothing but NaN': /Nobody measures the CPU/,
			[away]: partAway,
		},
	},
	{
		words: 'monitor rules errors web --above 2 --since 2d',
		asks: '/query_range',
		says: {
			'half of the data missing': /the past of WebErrors at \d+ of \d+ moments: there is no number/,
			'nothing but NaN': /the past of WebErrors at \d+ of \d+ moments: there is no number/,
			'no series at all': /has no numbers of its requests/,
			[away]: /a part of its storage is away, and numbers without it would be wrong ones/,
		},
	},
	{
		words: 'monitor alerts',
		asks: '/alerts',
		says: {[away]: /how often some alerts were active: a part of the storage of .* is away/},
	},
];
