type User = 'admin' | 'reader' | 'shop-dev' | 'nobody';
export type Command = {
	/** What kubectl is given, split at spaces. */
	readonly line: string;
	/** admin when left out. */
	readonly as?: User;
	/** Standard input, for `-f -`. */
	readonly input?: string;
	/** What `kubectl edit` opens the object with. */
	readonly editor?: string;
	/** The code it ends with; 0 when left out. In blocks of lines it stands after ` => `. */
	readonly exit?: number;
	/** Runs it again until it ends well and says this, for what controllers do in their own time. */
	readonly until?: RegExp;
};

const probe = 'readinessProbe: {httpGet: {path: /, port: 80}}';
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {sandbox.mkcoa.dev/start-seconds: "0"}}
    spec: {containers: [{name: main, image: "x:1", ports: [{containerPort: 80}], ${probe}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const changed = manifest.replace('x:1', 'x:2').replace('replicas: 3', 'replicas: 2');
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
`;
const misspelt = `apiVersion: v1
kind: ConfigMap
metadata: {name: misspelt}
dta: {color: blue}
`;
const lines = (text: string, more: Omit<Command, 'line'> = {}): readonly Command[] =>
	text
		.trim()
		.split('\n')
		.map(text => {
			const [line = '', exit] = text.trim().split(' => ');
			return {line, ...(exit === undefined ? {} : {exit: Number(exit)}), ...more};
		});
/** A rollout is over when its last old pod is, too. */
const settled: readonly Command[] = [
	...lines('rollout status deployment/web --timeout=60s'),
	...lines('get deployment web -o jsonpath={.status.replicas}/{.status.readyReplicas}/{.status.terminatingReplicas}', {
		until: /^(\d+)\/\1\/0$/,
	}),
];

const looking: readonly Command[] = [
	...lines(`
		version
		cluster-info
		api-versions
		api-resources --no-headers
		api-resources --api-group=apps --no-headers -o wide
		api-resources --namespaced=false --verbs=list -o name
		explain deployment
		explain deployment.spec.replicas
		explain deployment.spec.strategy.rollingUpdate
		explain pod.spec.containers.resources
		explain hpa.spec --recursive
		explain deployment.spec.nothing => 1
		auth can-i delete pods
		auth can-i delete pods --as=someone => 1
		auth can-i --list
		auth whoami
		get nodes
		get nodes -o wide
		get node node-a -o yaml
		describe node node-a
		get namespaces --show-labels
		get --raw /readyz
		get --raw /api/v1/namespaces/shop/pods/missing => 1
		get nothing => 1
		get pods
		get pods -o json
	`),
];
const deploying: readonly Command[] = [
	{line: 'apply -f -', input: manifest},
	...settled,
	{line: 'apply -f -', input: misspelt, exit: 1},
	{line: 'apply -f - --validate=ignore', input: misspelt},
	...lines(`
		get deployment,replicaset,service
		get deployment web -o wide
		get deployment web -o yaml
		get deployment web -o json --show-managed-fields
		get service web -o wide
		get pods -o wide
		get pods -o name
		get pods --show-labels
		get pods -l app=web --no-headers
		get pods -l app!=web
		get pods --field-selector=status.phase=Running --no-headers
		get pods --field-selector=status.phase=Pending
		get pods --field-selector=status.nothing=x => 1
		get pods --sort-by=.spec.nodeName --no-headers -o custom-columns=NODE:.spec.nodeName,READY:.status.containerStatuses[0].ready
		get pods -o jsonpath={range.items[*]}{.spec.containers[0].image}{"\\n"}{end}
		get pods -o go-template={{range.items}}{{.status.phase}}{{end}}
		get endpointslices --no-headers -o custom-columns=PORT:.ports[0].port
		get pods --watch --request-timeout=1s
		describe service web
		describe deployment web
		describe replicaset
	`),
	{line: 'diff -f -', input: changed, exit: 1},
	{line: 'apply -f - --dry-run=server', input: changed},
	{line: 'apply -f - --dry-run=client', input: changed},
	{line: 'apply -f -', input: changed},
	...settled,
	...lines('rollout history deployment/web\nrollout history deployment/web --revision=1'),
];
const operating: readonly Command[] = [
	...lines('scale deployment web --replicas=4 --current-replicas=3 => 1\nscale deployment web --replicas=4 --current-replicas=2'),
	...settled,
	...lines(`
		set image deployment/web main=x:3-unready
		rollout status deployment/web --timeout=3s => 1
		rollout undo deployment/web
	`),
	...settled,
	...lines('rollout history deployment/web\nrollout undo deployment/web --to-revision=9 => 1\nrollout restart deployment/web'),
	...settled,
	...lines(`
		rollout pause deployment/web
		rollout pause deployment/web => 1
		rollout restart deployment/web => 1
		rollout resume deployment/web
		set env deployment/web COLOR=blue --dry-run=server
		set env deployment/web --list
		set resources deployment/web --limits=cpu=200m,memory=64Mi --dry-run=server -o jsonpath={.spec.template.spec.containers[0].resources}
		label deployment web tier=front
		label deployment web tier=back => 1
		label deployment web tier=back --overwrite
		label deployment web tier-
		annotate deployment web note=seen
		annotate deployment web note=seen-again => 1
		patch deployment web -p {"spec":{"replicas":2}}
		patch deployment web --type=merge -p {"metadata":{"labels":{"tier":"front"}}}
		patch deployment web --type=json -p [{"op":"remove","path":"/spec/nothing"}] => 1
		patch deployment web --type=json -p [{"op":"add","path":"/metadata/labels/by","value":"json"}]
		patch deployment web -p {"spec":{"replicas":"two"}} => 1
		patch deployment web --subresource=scale --type=merge -p {"spec":{"replicas":3}}
	`),
	...settled,
	...lines(`
		autoscale deployment web --min=2 --max=5 --cpu=50%
	`),
	{line: 'get hpa', until: /cpu: <unknown>\/50% +2 +5 +3 /},
	...lines(`
		describe hpa web
		expose deployment web --name=front --port=8080 --target-port=80
		get service front -o jsonpath={.spec.selector}{.spec.ports}
	`),
	{line: 'apply --server-side -f -', input: manifest},
	{line: 'apply --server-side -f - --field-manager=other', input: changed, exit: 1},
	{line: 'apply --server-side --force-conflicts -f - --field-manager=other', input: changed},
	...settled,
	{line: 'diff --server-side -f - --field-manager=other', input: changed},
	{line: 'replace -f -', input: manifest},
	...settled,
	{line: 'create -f -', input: manifest, exit: 1},
];
const creating: readonly Command[] = [
	...lines(`
		create configmap settings --from-literal=color=blue
		create configmap settings --from-literal=color=blue => 1
		create configmap settings --from-literal=color=red --dry-run=server -o yaml => 1
		create secret generic token --from-literal=key=value
		get configmap settings -o yaml
		get secret token -o jsonpath={.data.key}
		describe secret token
		describe configmap settings
	`),
	{line: 'edit configmap settings', editor: 'sed -i s/blue/green/'},
	{line: 'edit configmap settings', editor: 'true'},
	{line: 'apply -f -', input: claim},
	...lines(`
		get pvc
		describe pvc data
		create serviceaccount builder
		create role reading --verb=get,list --resource=pods,deployments.apps
		create rolebinding reading --role=reading --serviceaccount=shop:builder
		describe role reading
		auth can-i list pods --as=system:serviceaccount:shop:builder
		auth can-i --list --as=system:serviceaccount:shop:builder
		create job once --image=x:1
		create cronjob nightly --image=x:1 --schedule=0_3_*_*_*
		get cronjob nightly
		describe cronjob nightly
		create job by-hand --from=cronjob/nightly
		wait --for=condition=complete job/once --timeout=60s
		get job once
		describe job once
		wait --for=condition=complete job/by-hand --timeout=60s
		create deployment plain --image=x:1 --replicas=2
		rollout status deployment/plain --timeout=60s
		create poddisruptionbudget web --selector=app=web --min-available=2
	`),
	{line: 'get pdb', until: /web +2 +N\/A +1 /},
	...lines(`
		describe pdb web
		create quota few --hard=configmaps=4,services=9
	`),
	{line: 'get quota few -o jsonpath={.status.used.services}', until: /2/},
	...lines(`
		describe quota few
		create configmap over --from-literal=a=b
		create configmap over-again --from-literal=a=b => 1
		create namespace side
		run lone --image=x:1
		wait --for=condition=Ready pod/lone --timeout=60s
		wait --for=jsonpath={.status.phase}=Running pod/lone --timeout=60s
		wait --for=condition=Ready pod/missing --timeout=3s => 1
		get pod lone
		describe pod lone
		get events --field-selector=involvedObject.name=lone,reason=Scheduled -o custom-columns=TYPE:.type,REASON:.reason,BY:.reportingComponent
		events --for=pod/lone --types=Warning
	`),
];
const placing: readonly Command[] = [
	...lines(`
		cordon node-a
		get node node-a
		cordon node-a
		drain node-a --dry-run=server --ignore-daemonsets --force
		uncordon node-a
		taint nodes node-b team=shop:NoSchedule
		taint nodes node-b team=shop:NoSchedule => 1
		taint nodes node-b team=ops:NoSchedule --overwrite
		taint nodes node-b team-
		label nodes node-b disk=fast
		get nodes -L disk
	`),
];
const refused: readonly Command[] = [
	...lines(
		`
		get pods
		get secrets => 1
		delete pod lone => 1
		scale deployment web --replicas=1 => 1
		auth can-i --list
		auth can-i get secrets => 1
	`,
		{as: 'reader'},
	),
	...lines(
		`
		get pods --all-namespaces => 1
		get nodes => 1
		get configmap settings
		create namespace mine => 1
		auth can-i --list
		auth whoami
	`,
		{as: 'shop-dev'},
	),
	{line: 'apply --server-side -f -', input: manifest, as: 'reader', exit: 1},
	{line: 'apply -f -', input: manifest, as: 'nobody', exit: 1},
	...lines('get pods => 1\ndescribe deployment web => 1\nrollout restart deployment/web => 1\nauth can-i --list', {as: 'nobody'}),
];
const ending: readonly Command[] = [
	...lines(`
		delete service missing => 1
		delete service missing --ignore-not-found
		delete pod lone --grace-period=0 --force
		delete deployment plain --cascade=orphan
	`),
	{line: 'get replicaset -l app=plain --no-headers', until: /plain/},
	...lines(`
		delete replicaset -l app=plain --wait=true --timeout=60s
		delete deployment web --cascade=foreground --timeout=60s
		delete configmap,secret,hpa,pdb,quota,job,cronjob,pvc,role,rolebinding,serviceaccount --all --timeout=60s
		delete namespace side --timeout=60s
		delete service web front
	`),
	{line: 'get all', until: /No resources/},
];

/** An operator's afternoon in the namespace shop, by four people. */
export const commands: readonly Command[] = [...looking, ...deploying, ...operating, ...creating, ...placing, ...refused, ...ending];
