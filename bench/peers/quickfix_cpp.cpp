// A QuickFIX C++ acceptor that validates by its FIX44.xml, keeps a FileStore, and answers each order.
//
//     g++ -O2 -std=c++14 -o acceptor quickfix_cpp.cpp -lquickfix -lpthread && ./acceptor SETTINGS
//
// It checks nothing about an order, keeps no book and never syncs: what its session layer and one answer cost.

#include <quickfix/Application.h>
#include <quickfix/FileStore.h>
#include <quickfix/Session.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/SocketAcceptor.h>
#include <unistd.h>

#include <string>

class Desk : public FIX::Application {
  public:
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {}
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) noexcept override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) noexcept override {}

    void fromApp(const FIX::Message& order, const FIX::SessionID& session) noexcept override {
        const std::string number = std::to_string(++count_);
        FIX::Message report;
        report.getHeader().setField(FIX::MsgType("8"));
        for (int tag : {1, 11, 38, 44, 54, 55}) report.setField(tag, order.getField(tag));
        report.setField(6, "0");
        report.setField(14, "0");
        report.setField(17, "E" + number);
        report.setField(37, "V" + number);
        report.setField(39, "0");
        report.setField(150, "0");
        report.setField(151, "100");
        report.setField(FIX::TransactTime());
        FIX::Session::sendToTarget(report, session);
    }

  private:
    long count_ = 0;
};

int main(int, char** arguments) {
    Desk desk;
    FIX::SessionSettings settings(arguments[1]);
    FIX::FileStoreFactory stores(settings);
    FIX::SocketAcceptor acceptor(desk, stores, settings);
    acceptor.start();
    for (;;) pause();
}
