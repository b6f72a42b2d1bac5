import fc from 'fast-check';

/** Keys and texts by which parsers, maps and logs have been led astray. */
const odd = fc.constantFrom<unknown>(
	'__proto__',
	'constructor',
	'toString',
	'',
	' ',
	'\u0000',
	'\u202e',
	'../../etc/passwd',
	'--server=https://attacker.example.com',
	'$(id)',
	'x'.repeat(253),
	`${'a'.repeat(250)}🧁`,
	'9'.repeat(400),
	-0,
	1e308,
	Number.MAX_SAFE_INTEGER + 2,
	null,
	true,
	[],
	{},
	[[[[[[[[]]]]]]]],
);

const anything = fc.oneof({weight: 2, arbitrary: odd}, {weight: 1, arbitrary: fc.jsonValue({maxDepth: 3})});

const methods = fc.oneof(
	fc.constantFrom(
		'initialize',
		'ping',
		'tools/list',
		'tools/call',
		'resources/read',
		'resources/list',
		'prompts/get',
		'completion/complete',
		'server/discover',
		'subscriptions/listen',
		'notifications/cancelled',
		'notifications/progress',
		'tasks/get',
		'logging/setLevel',
	),
	fc.string({maxLength: 40}),
);

const envelope = fc.record(
	{
		'io.modelcontextprotocol/protocolVersion': fc.oneof(fc.constantFrom('2026-07-28', '2025-11-25', '9999-99-99'), anything),
		'io.modelcontextprotocol/clientCapabilities': anything,
		'io.modelcontextprotocol/clientInfo': anything,
		progressToken: anything,
	},
	{requiredKeys: []},
);

/** Parameters that a tool's name and arguments stand in, or that look like it. */
const params = (tools: readonly string[]) =>
	fc.record(
		{
			name: fc.oneof(fc.constantFrom(...tools), anything),
			arguments: fc.oneof(
				fc.dictionary(fc.constantFrom('kind', 'name', 'namespace', 'replicas', 'yes', 'approve', '__proto__'), anything),
				anything,
			),
			uri: anything,
			protocolVersion: anything,
			capabilities: anything,
			clientInfo: anything,
			requestId: anything,
			ref: anything,
			argument: anything,
			inputResponses: anything,
			requestState: anything,
			_meta: fc.oneof(envelope, anything),
		},
		{requiredKeys: []},
	);

/** Messages of MCP that are wrong somewhere, or everywhere. */
const messages = (tools: readonly string[]): fc.Arbitrary<unknown> => {
	const message = fc.record(
		{
			jsonrpc: fc.oneof(fc.constant('2.0'), anything),
			id: fc.oneof(fc.nat(), anything),
			method: fc.oneof(methods, anything),
			params: fc.oneof(params(tools), anything),
		},
		{requiredKeys: []},
	);
	return fc.oneof(
		{weight: 6, arbitrary: message},
		{weight: 1, arbitrary: fc.array(message, {maxLength: 5})},
		{weight: 1, arbitrary: anything},
	);
};

/** Bodies that are no JSON, or nearly. */
export const bodies = (tools: readonly string[]): fc.Arbitrary<string> =>
	fc.oneof(
		{weight: 6, arbitrary: messages(tools).map(message => JSON.stringify(message) ?? '')},
		{weight: 1, arbitrary: fc.string({maxLength: 200, unit: 'binary'})},
		{weight: 1, arbitrary: fc.tuple(messages(tools), fc.nat()).map(([message, at]) => (JSON.stringify(message) ?? '').slice(0, at % 200))},
		{weight: 1, arbitrary: fc.constantFrom('['.repeat(5000), '{"a":'.repeat(2000), '\ufeff{}', '{"id":1,"id":2}')},
	);

const headerText = fc.oneof(
	fc.constantFrom(
		'',
		'null',
		'2026-07-28',
		'2025-11-25',
		'tools/call',
		'x'.repeat(2000),
		'application/json',
		'text/plain; charset=utf-16',
		'*/*',
	),
	fc.string({maxLength: 60}).map(text => text.replace(/[^\t\x20-\x7e]/g, '')),
);

/** Headers that clients of MCP send, with values that they do not. */
export const headers: fc.Arbitrary<{readonly [name: string]: string}> = fc.record(
	{
		authorization: fc.oneof(
			headerText.map(text => `Bearer ${text}`),
			headerText,
		),
		'content-type': headerText,
		accept: headerText,
		origin: headerText,
		host: headerText,
		'mcp-session-id': headerText,
		'mcp-protocol-version': headerText,
		'mcp-method': headerText,
		'mcp-name': headerText,
		'last-event-id': headerText,
	},
	{requiredKeys: []},
);

type Sent = {readonly body: string; readonly headers: {readonly [name: string]: string}};

/** A call of 2026-07-28 that is right but for one thing, which may be nothing. */
export const nearlyRight = (tools: readonly string[]): fc.Arbitrary<Sent> =>
	fc
		.record({
			method: fc.constantFrom('tools/call', 'tools/list', 'resources/read', 'server/discover', 'completion/complete'),
			tool: fc.constantFrom(...tools),
			place: fc.constantFrom(
				'',
				'id',
				'method',
				'params',
				'params.name',
				'params.arguments',
				'params.arguments.kind',
				'params._meta',
				'header',
				'meta',
			),
			wrong: anything,
			header: fc.constantFrom('mcp-method', 'mcp-name', 'mcp-protocol-version', 'accept', 'content-type'),
			text: headerText,
		})
		.map(({method, tool, place, wrong, header, text}) => {
			const version = '2026-07-28';
			const meta: {[key: string]: unknown} = {
				'io.modelcontextprotocol/protocolVersion': version,
				'io.modelcontextprotocol/clientCapabilities': {},
				'io.modelcontextprotocol/clientInfo': {name: 'x', version: '1'},
			};
			if (place === 'meta')
				meta[`io.modelcontextprotocol/${['protocolVersion', 'clientCapabilities', 'clientInfo'][text.length % 3]}`] = wrong;
			const message = {
				jsonrpc: '2.0',
				id: 1,
				method,
				params: {name: tool, arguments: {kind: 'pods'}, uri: 'mkcoa://answers/x/0', _meta: meta},
			};
			const name = method === 'tools/call' ? {'mcp-name': tool} : method === 'resources/read' ? {'mcp-name': message.params.uri} : {};
			const sent = {'mcp-method': method, 'mcp-protocol-version': version, ...name};
			return {
				body: JSON.stringify(
					place.startsWith('params') || place === 'id' || place === 'method' ? replaced(message, place.split('.'), wrong) : message,
				),
				headers: place === 'header' ? {...sent, [header]: text} : sent,
			};
		});

function replaced(value: object, [key = '', ...rest]: readonly string[], wrong: unknown): object {
	const inner = (value as {readonly [name: string]: unknown})[key];
	return {...value, [key]: rest.length === 0 ? wrong : replaced(Object(inner), rest, wrong)};
}
