/** Import rules of the rooms. Each comment says what to do instead. */
const room = path => `^src/${path}/`;

/** A grammar is a pure function of a text, and so is the value of an expression: algorithms may have them. */
const grammars = 'node_modules/(@prometheus-io/lezer-promql|@lezer/[^/]+|@marcbachmann/cel-js)/';

/** A rule for one room: it may import itself, what is listed, and nothing else of `src/`. */
const mayImport = (name, from, allowed, comment) => ({
	name,
	severity: 'error',
	comment,
	from: {path: from},
	to: {path: '^src/', pathNot: [from, ...allowed].join('|')},
});

/** A package that one place owns. */
const onlyIn = (packages, owners, comment) => ({
	name: `only-owner-imports-${packages.replace(/\W+/g, '-')}`,
	severity: 'error',
	comment,
	from: {path: '^(src|bin)/', pathNot: owners},
	to: {path: `node_modules/(${packages})/`},
});

export default {
	forbidden: [
		{
			name: 'no-cycles',
			severity: 'error',
			comment: 'Two files that need each other are one file, or both need a third: move the shared type or function there.',
			from: {},
			to: {circular: true},
		},
		{
			name: 'no-unresolved',
			severity: 'error',
			comment: 'The import names nothing: correct the path, or add the package to package.json with its exact version.',
			from: {},
			to: {couldNotResolve: true},
		},
		{
			name: 'core-is-pure',
			severity: 'error',
			comment:
				'core computes, it does not reach: take the clock, the cluster, the file or the stream as an argument. Only zod and node:crypto are allowed.',
			from: {path: room('core')},
			to: {pathNot: [room('core'), 'node_modules/zod/', '^(node:)?crypto$']},
		},
		{
			name: 'analysis-is-pure',
			severity: 'error',
			comment: 'analysis holds algorithms: give it numbers and objects, let the server or the specialist fetch them.',
			from: {path: room('analysis')},
			to: {pathNot: [room('analysis'), room('core'), 'node_modules/zod/', grammars]},
		},
		mayImport(
			'servers-stand-alone',
			'^src/mcp/([^/]+)/',
			['^src/mcp/$1/', room('core'), room('analysis')],
			'A server knows its own port, client and tools. What two servers share belongs to core or analysis; what joins two servers belongs to a specialist.',
		),
		mayImport(
			'mcp-edge',
			'^src/mcp/[^/]+\\.ts$',
			[room('core'), '^src/mcp/[^/]+\\.ts$'],
			'The MCP edge serves tool objects that it is given; main hands them over.',
		),
		{
			name: 'specialists-see-ports-only',
			severity: 'error',
			comment:
				'A specialist works on the port (an interface). Import the type of src/mcp/<server>/port.ts (or of a part of it, in <part>/port.ts), its pure readers in model/, how a server is demanded of that port, how plans are made on that port in plan/ and how the objects around one are read, never a client or a tool: main passes the client in.',
			from: {path: '^src/agents/[^/]+/'},
			to: {
				path: '^src/',
				pathNot: [
					'^src/agents/[^/]+/',
					room('core'),
					room('analysis'),
					'^src/mcp/[^/]+/(port\\.ts$|[^/]+/port\\.ts$|demand-server\\.ts$|read-neighbours\\.ts$|model/|plan/)',
				],
			},
		},
		mayImport(
			'series-know-no-specialist',
			room('agents/series'),
			[room('core'), room('analysis'), room('mcp')],
			'How the series of a workload are found, selected and counted is the same for every specialist: give it names and readings as arguments.',
		),
		{
			name: 'metrics-are-their-specialists',
			severity: 'error',
			comment:
				'What a specialist makes of metrics is its own (a canary is judged, a curve drawn). What two of them read belongs to src/agents/series.',
			from: {path: '^src/agents/([^/]+)/'},
			to: {path: '^src/agents/[^/]+/metrics/', pathNot: '^src/agents/$1/'},
		},
		mayImport(
			'tui-draws-events',
			room('tui'),
			[room('core')],
			'A screen is a function of events and plans. Put the data into an event of core, and send decisions back through the Confirm callback.',
		),
		mayImport(
			'commands-adapt-tools',
			room('commands'),
			[room('core')],
			'Commands are made from tool objects and streams that main passes in; they know no cluster, no screen and no database.',
		),
		mayImport('state-stores', room('state'), [room('core')], 'State keeps what core hands it. Give it data, not clients.'),
		mayImport(
			'sandbox-is-a-server',
			room('sandbox'),
			[room('core'), room('analysis/pod-security')],
			"The embedded cluster answers HTTP like any API server; product code reaches it through a kubeconfig, and it knows nothing of the product. Only the Pod Security Standards, which are nobody's opinion, are shared.",
		),
		{
			name: 'only-main-knows-all',
			severity: 'error',
			comment: 'main.ts and main/ compose the rooms. Pass what you need as an argument instead of importing it from there.',
			from: {path: '^src/', pathNot: '^src/main(/|\\.ts$)'},
			to: {path: '^src/main(/|\\.ts$)'},
		},
		{
			name: 'product-without-tests',
			severity: 'error',
			comment: 'Product code knows no test: pass the fake as an argument.',
			from: {path: '^(src|bin)/'},
			to: {path: '^(test|scripts)/'},
		},
		{
			name: 'no-dev-packages',
			severity: 'error',
			comment: "The product would miss this package at the user's: move it to dependencies, or do without.",
			from: {path: '^(src|bin)/'},
			to: {dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/'},
		},
		onlyIn('ink|react', '^src/tui/', 'Only screens draw. Return data, let src/tui render it.'),
		onlyIn('commander', '^src/commands/', 'Only src/commands reads the command line; take options as an argument.'),
		onlyIn('@modelcontextprotocol/sdk', '^src/mcp/[^/]+\\.ts$', 'Tools are served and reached at the MCP edge; an agent is given `Tools`.'),
		onlyIn('@modelcontextprotocol/(server|node)|jose', '^src/(mcp|main)/edge/', 'Tools are served to others at the edge alone.'),
		onlyIn(
			'@modelcontextprotocol/client',
			'^src/mcp/outside/',
			"Others' servers are reached by src/mcp/outside, which knows what they may do; tools of its are tools like any other.",
		),
		onlyIn('@opentelemetry/[^/]+', '^src/main/telemetry/', 'Spans are told through the port of core (spans.ts), which main fills.'),
		onlyIn(
			'@prometheus-io/lezer-promql|@lezer/[^/]+',
			'^src/analysis/alert-rules/promql/',
			'PromQL is read in one place: take the Expression that parsePromql gives.',
		),
		onlyIn(
			'@marcbachmann/cel-js',
			'^src/analysis/policies/cel\\.ts$',
			'CEL is compiled in one place, with the language as API servers speak it: take celCompiler.',
		),
		onlyIn(
			'@datadog/datadog-api-client',
			'^src/mcp/monitoring/vendors/',
			'Vendors of metrics are asked through VendorMetrics, the port of monitoring.',
		),
		onlyIn(
			'@grafana/grafana-foundation-sdk',
			'^src/agents/monitoring/dashboard/grafana/grafana-dashboard\\.ts$',
			'Dashboards of Grafana are made in one place, which is loaded when somebody makes one: give it the panels.',
		),
		onlyIn('undici', '^src/(mcp/[^/]+|agents/models)/', 'HTTP goes through the client of its server room, and to models by their link.'),
		onlyIn(
			'execa',
			'^src/(mcp/[^/]+|commands)/',
			'Programs are started only for kubeconfig plug-ins, git, editors and scanners that the user named.',
		),
	],
	options: {
		doNotFollow: {path: 'node_modules'},
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types']},
	},
};
