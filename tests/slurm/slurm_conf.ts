/** A node of the private cluster, or its controller. */
export interface Endpoint {
  readonly name: string;
  readonly port: number;
}

export interface ClusterSettings {
  /** Everything of the cluster's is in here. */
  readonly folder: string;
  readonly user: string;
  readonly controllerPort: number;
  readonly nodes: readonly Endpoint[];
  /** Processors that each node pretends to have. */
  readonly cpus: number;
  readonly maxArraySize: number;
  /** Seconds after which ended jobs are forgotten. */
  readonly minJobAge: number;
}

/**
 * The slurm.conf of a cluster whose nodes are all this machine: no database, no cgroups, nothing
 * outside its folder, and timers short enough for tests.
 */
export function slurmConf(settings: ClusterSettings): string {
  const { folder, user, controllerPort, nodes, cpus, maxArraySize, minJobAge } = settings;
  return `ClusterName=regsweep
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${controllerPort}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
# A job that is started again waits for cred_expire (5 is the least) and a second.
AuthInfo=socket=${folder}/munge/socket,cred_expire=5
StateSaveLocation=${folder}/controller
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SlurmdTimeout=10
MinJobAge=${minJobAge}
KillWait=2
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
ReturnToService=2
JobRequeue=1
MaxArraySize=${maxArraySize}
${
    nodes.map(({ name, port }) =>
      `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${port} CPUs=${cpus} State=UNKNOWN`
    ).join("\n")
  }
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}
