/** Behind the version of HTTP: a quote, and the status of the answer. */
const afterVersion = /^\d(?:\.\d)?" (\d{3})(?!\S)/;
const marker = ' HTTP/';

/**
 * The status of an answer in a line of an access log: `"GET /cart HTTP/1.1" 503`, as the common and the combined log format have it, ingress-nginx,
 * Envoy, Istio, Traefik, Gunicorn and Uvicorn. Undefined where there is none.
 */
export function statusInLine(line: string, from: number): number | undefined {
	// Who writes a request himself may write ` HTTP/` into it.
	for (let at = line.indexOf(marker, from); at >= 0; at = line.indexOf(marker, at + 1)) {
		const status = afterVersion.exec(line.slice(at + marker.length, at + marker.length + 9))?.[1];
		if (status !== undefined) return Number(status);
	}
	return undefined;
}

type Fields = {readonly [name: string]: unknown};

/** Fields of access logs: nginx, Envoy and Istio, Caddy, Traefik, Heroku, the Elastic Common Schema, Google's load balancers, pino-http. */
const statusNames = [
	...['status', 'status_code', 'statusCode', 'response_code', 'responseCode', 'http_status', 'DownstreamStatus', 'OriginStatus'],
	'http.response.status_code',
];
const answerNames = ['httpRequest', 'response', 'res'];
const requestNames = [
	...['method', 'request_method', 'requestMethod', 'http_method', 'RequestMethod', 'http.request.method', 'verb'],
	...['request', 'req', 'httpRequest', 'request_uri', 'uri'],
];

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isOne = (value: unknown) => (typeof value === 'number' ? value % 1 === 0 : typeof value === 'string' && /^\d{3}$/.test(value));

function statusAmong(fields: Fields): number | undefined {
	const name = statusNames.find(each => Object.hasOwn(fields, each) && isOne(fields[each]));
	return name === undefined ? undefined : Number(fields[name]);
}

/** The status of an answer in a record with names, which tells of a request, too: other things have a status as well. */
export function statusInFields(fields: Fields): number | undefined {
	const {http} = fields;
	// The Elastic Common Schema, one in the other or with dots.
	if (isObject(http) && isObject(http.response)) return statusAmong(http.response);
	if (!requestNames.some(name => Object.hasOwn(fields, name))) return undefined;
	const answer = answerNames.map(name => fields[name]).find(isObject);
	return statusAmong(fields) ?? (answer === undefined ? undefined : statusAmong(answer));
}
