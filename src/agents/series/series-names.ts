/** How scrapers name pod and namespace on the series of a pod: operators and charts, old examples, OpenTelemetry collectors. */
export const namings = [
	{keyLabel: 'pod', namespaceLabel: 'namespace'},
	{keyLabel: 'kubernetes_pod_name', namespaceLabel: 'kubernetes_namespace'},
	{keyLabel: 'k8s_pod_name', namespaceLabel: 'k8s_namespace_name'},
] as const;

/** Labels that must have a value, as selectors ask for them. */
type Needs = {readonly [label: string]: string};

/** Labels in which a mesh tells failures that the code of HTTP does not. `isWithoutCode`: only where there is no code. */
export const besideLabels = [
	/** Of Istio, whose code is 200 for every answer of gRPC: Unknown, DeadlineExceeded, Unimplemented, Internal, Unavailable, DataLoss by number. */
	{label: 'grpc_response_status', failed: /^(2|4|12|13|14|15)$/, isWithoutCode: false},
	/** Of Linkerd, for requests that got no answer, such as FAIL_FAST. */
	{label: 'error', failed: /./, isWithoutCode: true},
] as const;

type CounterName = {readonly name: string; readonly needs?: Needs; readonly beside?: (typeof besideLabels)[number]['label']};

/** Requests that a pod answered; the code of HTTP is in one of `codeLabels`. The program's own words come before those of its mesh. */
export const requestCounters: readonly CounterName[] = [
	{name: 'http_requests_total'},
	{name: 'http_request_duration_seconds_count'},
	{name: 'http_server_request_duration_seconds_count'},
	{name: 'http_server_requests_seconds_count'},
	{name: 'http_server_duration_milliseconds_count'},
	{name: 'grpc_server_handled_total'},
	{name: 'istio_requests_total', needs: {reporter: 'destination'}, beside: 'grpc_response_status'},
	{name: 'response_total', needs: {direction: 'inbound'}},
];

/** A code that says that no answer began, and the flags that tell whether the one who should have answered is to blame. */
type Unanswered = {readonly code: string; readonly flags: string; readonly failed: RegExp};

const http = {looks: /^[1-5](\d\d|xx)$/i, failed: /^5(\d\d|xx)$/i, unanswered: undefined};

/**
 * Of Envoy, which counts for Istio, code 0 says that no answer began, mostly because the client went away (flag DC): neither a success nor a failure
 * of the version. How long that client waited stays in the latencies, so a version that lets clients wait is seen there. The flags of a failure
 * behind Envoy (no healthy host; a connection that failed, overflowed, was reset or ended; a time-out; retries used up; a protocol error) come
 * with code 503 or 504 if the client is still there to be told; with 0 they are a failure all the same.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage (RESPONSE_CODE, RESPONSE_FLAGS)
 * @see https://github.com/istio/istio/issues/37163, https://github.com/istio/istio/issues/40207 (code 0 with DC in Istio's numbers)
 */
const ofEnvoy: Unanswered = {
	code: '0',
	flags: 'response_flags',
	failed: /(^|,)(LH|UH|UF|UO|UT|LR|UR|UC|URX|UPE|UMSDR)(,|$)/,
};

/** Labels that tell how a request ended, how their values look, and which are failures of the one who answered. */
export const codeLabels = [
	/** Linkerd's own, which knows the failures of gRPC: before its `status_code`, which does not. */
	{label: 'classification', looks: /^(success|failure)$/, failed: /^failure$/, unanswered: undefined},
	{label: 'code', ...http},
	{label: 'status', ...http},
	{label: 'status_code', ...http},
	{label: 'http_status', ...http},
	{label: 'response_code', ...http, unanswered: ofEnvoy},
	{label: 'http_response_status_code', ...http},
	{label: 'http_status_code', ...http},
	{
		...{label: 'grpc_code', looks: /^[A-Z]/, unanswered: undefined},
		failed: /^(Unknown|Internal|Unavailable|DataLoss|DeadlineExceeded|Unimplemented)$/,
	},
] as const;

type HistogramName = Omit<CounterName, 'beside'> & {readonly unit: number};

/** Times that a pod took to answer. `unit` is seconds in one unit. */
export const latencyHistograms: readonly HistogramName[] = [
	{name: 'http_request_duration_seconds', unit: 1},
	{name: 'http_server_request_duration_seconds', unit: 1},
	{name: 'http_server_requests_seconds', unit: 1},
	{name: 'http_server_duration_milliseconds', unit: 0.001},
	{name: 'grpc_server_handling_seconds', unit: 1},
	{name: 'istio_request_duration_milliseconds', unit: 0.001, needs: {reporter: 'destination'}},
	{name: 'response_latency_ms', unit: 0.001, needs: {direction: 'inbound'}},
];

/** Who sent requests to a Service counted them by its name: Istio's gateways, sidecars and waypoints, Linkerd's proxies. */
export const gateways: readonly {
	readonly naming: {readonly keyLabel: string; readonly namespaceLabel: string};
	readonly counters: readonly CounterName[];
	readonly histograms: readonly HistogramName[];
}[] = [
	{
		naming: {keyLabel: 'destination_service_name', namespaceLabel: 'destination_service_namespace'},
		counters: ['source', 'waypoint'].map(reporter => ({
			name: 'istio_requests_total',
			needs: {reporter},
			beside: 'grpc_response_status' as const,
		})),
		histograms: ['source', 'waypoint'].map(reporter => ({name: 'istio_request_duration_milliseconds', unit: 0.001, needs: {reporter}})),
	},
	{
		naming: {keyLabel: 'backend_name', namespaceLabel: 'backend_namespace'},
		counters: [{name: 'outbound_http_route_backend_response_statuses_total', beside: 'error'}],
		histograms: [{name: 'outbound_http_route_backend_response_duration_seconds', unit: 1}],
	},
];
