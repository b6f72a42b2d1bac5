import type {CommandFamily} from './hand-shaped.ts';

/** The tools served to MCP clients, and servers of third parties. */
export const mcpCommands: CommandFamily = {
	groups: {
		mcp: 'Serves tools to MCP clients; uses servers of others',
		'mcp keys': 'Lists, makes and ends keys of programs that call over HTTP',
		'mcp roles': 'Checks and shows who may do what over HTTP',
	},
	commands: [
		{
			words: ['mcp', 'serve'],
			action: 'mcpServe',
			summary: 'Serves the tools to MCP clients, over standard input and output or HTTP',
			flags: [
				['--http [address]', 'Serves over HTTP, at 127.0.0.1:8765 if no address is given'],
				['--toolsets <names>', 'Toolsets to serve, such as kubernetes,deploy; all if left out'],
				['--contexts <names>', 'Contexts of the kubeconfig that a call may name, such as staging,prod, or all'],
				['--allow-changes', 'Lets clients ask for changes, which wait for a yes in mkcoa'],
				['--role <name>', 'Holds the client to one role of roles.yaml'],
				['--tls-cert <file>', 'Certificate, PEM'],
				['--tls-key <file>', 'Key of the certificate, PEM'],
				['--name <names>', 'Other host names by which clients reach it'],
				['--issuer <url>', 'Authorization server whose tokens are taken'],
				['--audience <name>', 'What its tokens must be for'],
				['--jwks <url>', 'Where it publishes its keys'],
				['--impersonate [prefix]', 'Calls the cluster as the caller, with this before his name and groups'],
				['--no-auth', 'Lets every account of this machine call, on this machine alone'],
			],
		},
		{words: ['mcp', 'keys', 'list'], action: 'mcpKeysList', summary: 'Lists the keys by which programs call over HTTP'},
		{
			words: ['mcp', 'keys', 'add'],
			action: 'mcpKeysAdd',
			summary: 'Makes a key and shows it once',
			arguments: [['<name>', 'Whose it is: the name of its calls in the audit log']],
			flags: [
				['--scopes <scopes>', 'What it may do, such as mkcoa:read,mkcoa:change (default mkcoa:read)'],
				['--for <duration>', 'How long it lasts (default 720h)'],
			],
		},
		{words: ['mcp', 'keys', 'revoke'], action: 'mcpKeysRevoke', summary: 'Ends a key', arguments: [['<id>', 'Key to end']]},
		{words: ['mcp', 'roles', 'check'], action: 'mcpRolesCheck', summary: 'Checks the file of roles'},
		{
			words: ['mcp', 'roles', 'show'],
			action: 'mcpRolesShow',
			summary: 'Shows what somebody may do who calls over HTTP',
			arguments: [['<principal>', 'Name of a key, or of a token']],
			flags: [['--groups <names>', 'Groups of the token, separated by commas']],
		},
		{
			words: ['mcp', 'install'],
			action: 'mcpInstall',
			summary: 'Installs mkcoa as a server in an MCP client, as a plan',
			arguments: [['<client>', 'claude-desktop, claude-code, vscode or cursor']],
			flags: [
				['--name <name>', 'Name of the server in the client (default mkcoa)'],
				['--project [folder]', 'Writes the file of a project, this one if no folder is given, instead of your own'],
				['--toolsets <names>', 'Toolsets to serve, such as kubernetes,deploy; all if left out'],
				['--contexts <names>', 'Contexts of the kubeconfig that a call may name, such as staging,prod, or all'],
				['--allow-changes', 'Lets the client ask for changes, which wait for a yes in mkcoa'],
			],
		},
		{
			words: ['mcp', 'add'],
			action: 'mcpAdd',
			summary: 'Adds the MCP server of a third party, after you saw its tools',
			arguments: [
				['<name>', 'Name of your own for it; one that is there already is approved anew'],
				['[command...]', 'Behind --: program that is the server, and its arguments'],
			],
			flags: [
				['--url <url>', 'Address of the server, instead of a command'],
				['--env <name>', 'Variable that the program is given, by its name alone', 'repeated'],
			],
		},
		{
			words: ['mcp', 'list'],
			action: 'mcpList',
			summary: 'Lists the MCP servers with their tools, and what changed since you approved them',
		},
		{
			words: ['mcp', 'remove'],
			action: 'mcpRemove',
			summary: 'Forgets an MCP server, what you approved of it, and its sign-in',
			arguments: [['<name>', 'Server to forget']],
		},
		{
			words: ['mcp', 'call'],
			action: 'mcpCall',
			summary: 'Calls a tool of an MCP server, or one of mkcoa as its clients do',
			arguments: [['<tool>', 'SERVER.TOOL, or TOOL of mkcoa itself']],
			flags: [
				['--input <json>', 'Input of the tool (default {}); - reads standard input'],
				['--role <name>', 'Calls a tool of mkcoa as somebody with this role of roles.yaml'],
				['--allow-changes', 'Calls a tool of mkcoa that changes something: it answers with a plan that waits'],
			],
		},
	],
};
