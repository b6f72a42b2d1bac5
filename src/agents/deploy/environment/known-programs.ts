/** Programs that matter to a deployment, by what their image is called. A program that is not listed is not found. */
const programs: readonly (readonly [topic: string, name: string, image: RegExp])[] = [
	['ingress', 'ingress-nginx', /ingress-nginx\/controller|nginx-ingress/],
	['ingress', 'Traefik', /(^|\/)traefik(:|@|$)/],
	['ingress', 'HAProxy', /haproxy-ingress|kubernetes-ingress/],
	['ingress', 'Kong', /kong\/(kong|kubernetes-ingress-controller)/],
	['ingress', 'Contour', /projectcontour\/contour/],
	['ingress', 'AWS Load Balancer Controller', /aws-load-balancer-controller/],
	['gateway', 'Envoy Gateway', /envoyproxy\/gateway/],
	['mesh', 'Istio', /istio\/pilot/],
	['mesh', 'Linkerd', /linkerd\/(controller|policy-controller)/],
	['mesh', 'Cilium', /cilium\/cilium(:|@|$)/],
	['rollouts', 'Argo Rollouts', /argo-rollouts/],
	['rollouts', 'Flagger', /fluxcd\/flagger(:|@|$)|weaveworks\/flagger/],
	['rollouts', 'Kruise', /openkruise\/kruise-(manager|rollout)/],
	['metrics', 'metrics-server', /metrics-server/],
	['metrics', 'Prometheus', /(^|\/)prometheus(:|@|$)/],
	['metrics', 'Prometheus operator', /prometheus-operator(:|@|$)/],
	['metrics', 'kube-state-metrics', /kube-state-metrics/],
	['scaling', 'KEDA', /kedacore\/keda(:|@|$)/],
	['scaling', 'Vertical Pod Autoscaler', /vpa-(recommender|updater)/],
	['scaling', 'cluster-autoscaler', /cluster-autoscaler/],
	['scaling', 'Karpenter', /karpenter\/controller/],
	['gitops', 'Argo CD', /argoproj\/argocd/],
	['gitops', 'Flux', /fluxcd\/(kustomize|helm)-controller/],
	['policy', 'Kyverno', /kyverno\/kyverno(:|@|$)/],
	['policy', 'Gatekeeper', /gatekeeper(:|@|$)/],
	['certificates', 'cert-manager', /cert-manager-controller/],
];

/** What an image is, and what for; undefined for one that is not known. */
export function programOf(image: string): {readonly topic: string; readonly name: string} | undefined {
	const found = programs.find(([, , pattern]) => pattern.test(image));
	return found === undefined ? undefined : {topic: found[0], name: found[1]};
}
