/** What a text draws its values from. `line` is the number of the line, by which its time goes on. */
export type Random = {readonly below: (limit: number) => number; readonly pick: <Item>(items: readonly Item[]) => Item};
export type Values = Random & {readonly line: number};

type Value = (values: Values, size?: number) => string;

const words = (text: string) => text.split(' ');
const users = words('root alice bob carol deploy jenkins postgres admin oracle test www-data svc_backup maria john.doe ubuntu');
const apps = words(
	'cart checkout payment search catalog gateway auth billing frontend mailer inventory reports cron-agent ledger nginx coredns',
);
const namespaces = words('default kube-system shop monitoring staging prod-eu ingress team-a');
const tables = words('users orders items invoices sessions audit_log price customer_address stock jobs events tenants');
const topics = words('orders payments audit clicks user-events stock.changes dead-letter emails');
const hosts = words('db.example.com api.example.org cache-1.internal mail.example.net s3.amazonaws.com example.com auth.svc.cluster.local');
const nodes = words('web-01 web-02 db-1 node-17 ip-10-0-3-44 worker-a worker-b master gpu-node-3 store7 mesos-slave-21');
const folders = words('var usr opt srv home data tmp etc lib log run app cache nova instances kubelet');
const files = words('app.log data.db config.yaml index.html main.js base cache.json libcore.so access.log 7f3a part-00012 image.png');
const units = [
	'Docker Application Container Engine',
	'Network Time Synchronization',
	'nginx.service - A high performance web server',
	'OpenBSD Secure Shell server',
	'Daily apt download activities',
	'Session 42 of user root',
	'Rotate log files',
	'containerd container runtime',
	'kubelet: The Kubernetes Node Agent',
	'Cleanup of Temporary Directories',
];
const two = (number: number) => String(number).padStart(2, '0');
const drawn =
	(characters: string, usual: number): Value =>
	({pick}, size = usual) =>
		Array.from({length: size}, () => pick([...characters])).join('');
const hex = drawn('0123456789abcdef', 8);
const digits = drawn('0123456789', 4);
const below: Value = ({below: draw}, limit) => String(limit === undefined ? draw(10 ** (1 + draw(6))) : draw(limit + 1));
const from =
	(items: readonly string[]): Value =>
	({pick, below: draw}) =>
		// The first of each are the most frequent, as everywhere.
		items[Math.min(draw(items.length), draw(items.length))] ?? pick(items);
const ip: Value = ({below: draw, pick}) => `${pick(['10', '192', '172', '34'])}.${draw(255)}.${draw(255)}.${draw(255)}`;
const port: Value = ({pick, below: draw}) => pick(['80', '443', '8080', '5432', '9092', String(1024 + draw(60_000))]);
const clock: Value = ({line}) => `${two(Math.floor(line / 1200) % 24)}:${two(Math.floor(line / 20) % 60)}:${two((line * 3) % 60)}`;
const path: Value = values => `/${Array.from({length: 1 + values.below(4)}, () => values.pick(folders)).join('/')}/${values.pick(files)}`;

/** Values by the names that statements call them by; a size is a limit, or a number of characters. */
export const valuesOf = {
	n: below,
	n2: (values, limit) => two(1 + values.below(limit ?? 99)),
	f: ({below: draw}) => `${draw(10 ** draw(4))}.${two(draw(100))}`,
	digits,
	hex,
	uuid: values => [8, 4, 4, 4, 12].map(size => hex(values, size)).join('-'),
	mac: values => Array.from({length: 6}, () => hex(values, 2)).join(':'),
	ip,
	port,
	ipport: values => `${ip(values)}:${port(values)}`,
	host: from(hosts),
	node: from(nodes),
	path,
	user: from(users),
	app: from(apps),
	ns: from(namespaces),
	table: from(tables),
	topic: from(topics),
	unit: from(units),
	pod: values => `${from(apps)(values)}-${hex(values, 9)}-${hex(values, 5)}`,
	image: values =>
		`${values.pick(['docker.io/library/', 'registry.example.com/shop/', 'quay.io/'])}${from(apps)(values)}:${values.below(3)}.${values.below(30)}`,
	email: values => `${from(users)(values)}@${values.pick(hosts)}`,
	dur: ({below: draw, pick}) =>
		pick([
			`${draw(900)}ms`,
			`${draw(60)}.${digits({below: draw, pick, line: 0}, 3)}s`,
			`${draw(60)}m${draw(60)}s`,
			`${draw(900)}.${two(draw(99))}µs`,
			`${draw(9)}h${draw(60)}m0s`,
		]),
	bytes: ({below: draw, pick}) => `${draw(1000)}${pick(['', '.5', '.25'])} ${pick(['B', 'kB', 'KB', 'MB', 'MiB', 'GB'])}`,
	clock,
	date: values => `2024-04-${two(1 + values.below(28))}`,
	iso: values => `2024-04-12 ${clock(values)},${digits(values, 3)}`,
	spaces: ({below: draw}, most) => ' '.repeat(draw((most ?? 1) + 1)),
} satisfies {readonly [name: string]: Value};
