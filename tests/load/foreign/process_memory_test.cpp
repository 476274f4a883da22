#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

TEST_CASE("proc status: VmHWM is the peak, VmRSS one instant") {
  CHECK(texts_of(
            memory_in("Name:\tjava\nUmask:\t0022\nVmPeak:\t 2905072 kB\nVmHWM:\t  181132 kB\nVmRSS:\t  165316 kB\n")) ==
        Texts{"resident_peak 185479168 of 1, line 4", "resident_now 169283584 of 1, line 5"});
  CHECK(texts_of(memory_in("VmRSS:\t  1 kB\n")) == Texts{"resident_now 1024 of 1, line 1"});
}

TEST_CASE("proc status: threads of the kernel, several processes and other units are refused") {
  CHECK(complaints("Name:\tkthreadd\nPid:\t2\n") ==
        "in: error: neither VmHWM nor VmRSS: a thread of the kernel has no memory of its own");
  CHECK(complaints("Name:\ta\nVmHWM:\t 1 kB\nName:\tb\nVmHWM:\t 2 kB\n") ==
        "in:4:1: error: a second VmHWM: stands here (give the status of one process)");
  CHECK(complaints("Name:\ta\nVmHWM:\t many\n") == "in:2:9: error: found \"many\", expected a size in kB");
}

TEST_CASE("gnu time: the maximum of -v and of the short form, with what the command wrote around it") {
  CHECK(texts_of(memory_in("starting\n\tCommand being timed: \"java M\"\n\tMaximum resident set size (kbytes): 99208\n"
                           "\tExit status: 0\n")) == Texts{"resident_peak 101588992 of 1, line 3"});
  CHECK(texts_of(memory_in("0.11user 0.07system 0:00.47elapsed 39%CPU (0avgtext+0avgdata 99208maxresident)k\n"
                           "0inputs+64outputs (0major+20109minor)pagefaults 0swaps\n")) ==
        Texts{"resident_peak 101588992 of 1, line 1"});
}

TEST_CASE("gnu time: the greatest of several runs counts, and a run that failed is told") {
  auto result = read(
      "\tMaximum resident set size (kbytes): 10\n\tExit status: 0\n"
      "Command terminated by signal 9\n\tMaximum resident set size (kbytes): 30\n\tExit status: 3\n"
      "\tMaximum resident set size (kbytes): 20\n");
  CHECK(complaints(result.issues()) ==
        "in:3:1: warning: the command was ended by signal 9 (the peak may be that of a part of the run)\n"
        "in:5:1: warning: the command failed with status 3 (the peak may be that of a part of the run)");
  CHECK(texts_of(accepted<std::vector<MemoryReading>>(std::move(result))) == Texts{"resident_peak 30720 of 3, line 4"});
}

TEST_CASE("gnu time: a maximum that is no number is told") {
  CHECK(complaints("\tMaximum resident set size (kbytes): -5\n") ==
        "in:1:1: error: found \"-5\", expected a whole number of kbytes");
}

TEST_CASE("process memory: real files give what is in them") {
  check_readings({
      {"jvm/gnu-time-v.txt", {"resident_peak 101588992 of 1, line 10"}},
      {"jvm/proc-status-jdk17.txt", {"resident_peak 185479168 of 1, line 3", "resident_now 169283584 of 1, line 4"}},
      {"jvm/proc-status-jdk25.txt", {"resident_peak 205746176 of 1, line 3", "resident_now 184446976 of 1, line 4"}},
  });
}

}  // namespace
}  // namespace migplan
